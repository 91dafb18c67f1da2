package io.searchloop.search.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;

/** The searched field of an index as {@link IndexTerms}. */
final class LuceneTerms implements IndexTerms {
  private final IndexReader reader;
  private final CatalogueText text;

  LuceneTerms(IndexReader reader, CatalogueText text) {
    this.reader = reader;
    this.text = text;
  }

  @Override
  public List<String> of(String words) {
    return text.terms(words);
  }

  @Override
  public List<String> of(Product product) {
    return text.terms(CatalogueText.searchable(product));
  }

  @Override
  public double share(String term) {
    try {
      int with = reader.docFreq(new Term(CatalogueText.TEXT, term));
      return with / (double) Math.max(1, reader.numDocs());
    } catch (AlreadyClosedException e) {
      throw new IllegalStateException(
          "Terms of a closed search engine. Ask the engine of the current epoch.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Terms of the catalogue could not be read", e);
    }
  }
}
