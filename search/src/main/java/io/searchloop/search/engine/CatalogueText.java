package io.searchloop.search.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;

/**
 * The fields of the index and how text becomes terms in each. All searchable text of a product goes
 * into one field, analysed for search and once more as plain words for spelling.
 */
final class CatalogueText {
  /** Product id, stored. */
  static final String ID = "id";

  /** Stemmed text that searches match. */
  static final String TEXT = "text";

  /** The same text, lower-cased only: the vocabulary. */
  static final String WORDS = "words";

  private static final FieldType SEARCHED = indexed(IndexOptions.DOCS_AND_FREQS, false);
  private static final FieldType LISTED = indexed(IndexOptions.DOCS, true);

  private final Analyzer analyzer =
      new PerFieldAnalyzerWrapper(new EnglishAnalyzer(), Map.of(WORDS, new StandardAnalyzer()));

  Analyzer analyzer() {
    return analyzer;
  }

  Document document(Product product) {
    String text = searchable(product);
    Document document = new Document();
    document.add(new StoredField(ID, product.id()));
    document.add(new Field(TEXT, text, SEARCHED));
    document.add(new Field(WORDS, text, LISTED));
    return document;
  }

  /** The terms a search compares, in order, repetitions kept. */
  List<String> terms(String text) {
    return words(TEXT, text).stream().map(Vocabulary.Word::text).toList();
  }

  /** The same with their places. */
  List<Vocabulary.Word> places(String text) {
    return words(TEXT, text);
  }

  /** The words of the vocabulary, in order, with their places. */
  List<Vocabulary.Word> words(String text) {
    return words(WORDS, text);
  }

  private List<Vocabulary.Word> words(String field, String text) {
    List<Vocabulary.Word> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream(field, text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      var place = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(new Vocabulary.Word(term.toString(), place.startOffset(), place.endOffset()));
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Text could not be analysed for field " + field, e);
    }
    return words;
  }

  /** All searchable text of a product. */
  static String searchable(Product product) {
    List<String> parts = new ArrayList<>();
    parts.add(product.title());
    parts.add(product.description());
    parts.add(product.brand());
    parts.addAll(product.attributes().values());
    parts.add(product.category());
    return String.join("\n", parts);
  }

  private static FieldType indexed(IndexOptions options, boolean omitNorms) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setOmitNorms(omitNorms);
    type.setTokenized(true);
    type.freeze();
    return type;
  }
}
