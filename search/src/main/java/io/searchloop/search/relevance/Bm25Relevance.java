package io.searchloop.search.relevance;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Text relevance that needs no training: BM25 of the typed query as a share of the most that any
 * product could score.
 *
 * <pre>
 *   f(q,d) = sum over t in q of idf(t) * tf(t,d) / (tf(t,d) + k1 (1 - b + b |d| / avg|d|))  /  sum over t in q of idf(t)
 *   idf(t) = ln(1 + (N - df(t) + .5) / (df(t) + .5))
 * </pre>
 *
 * <p>t runs over the distinct English-stemmed terms of q that any product contains: a misspelling
 * says nothing about products. A query without such a term fits nothing (0). Example: of two query
 * terms with equal idf the product contains one, once, at average length: with k1 = 1.2 f = .5 /
 * 2.2 = .227; both give .455. So f stays well below 1, and a threshold of .2 asks for about half of
 * the query's weight.
 *
 * <p>It is honest about words and blind to meaning: what only a synonym or a corrected spelling
 * finds looks irrelevant. {@link CorrectedRelevance} mends the spelling; for the rest train a
 * model. On real misspelt queries it ranks a product judged relevant above one of the same query
 * that was not in .594 of the pairs, with corrected spelling in .617 ({@code
 * HomeDepotRelevanceIT}).
 *
 * <p>Holds an in-memory index of its own, because an engine may be remote or rank by anything else.
 */
public final class Bm25Relevance implements RelevanceModel {
  private static final String ID = "id";
  private static final String TEXT = "text";

  private final Analyzer analyzer;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private Bm25Relevance(Analyzer analyzer, DirectoryReader reader, Bm25 bm25) {
    this.analyzer = analyzer;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setSimilarity(similarity(bm25));
    this.searcher.setQueryCache(null); // scored queries are never cached
  }

  /**
   * Reads a catalogue on the calling thread; of products with the same id the last one counts.
   *
   * @param products the catalogue
   * @param bm25 saturation and length discount
   */
  public static Bm25Relevance of(Iterable<Product> products, Bm25 bm25) {
    Analyzer analyzer = new EnglishAnalyzer();
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try {
      IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(similarity(bm25));
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (Product product : products) {
          writer.updateDocument(new Term(ID, product.id()), document(product));
        }
        writer.forceMerge(1);
      }
      return new Bm25Relevance(analyzer, DirectoryReader.open(directory), bm25);
    } catch (IOException e) {
      throw new UncheckedIOException("Catalogue could not be indexed for text relevance", e);
    }
  }

  @Override
  public double[] relevance(String query, List<String> productIds) {
    try {
      Map<String, Double> weights = weights(query);
      double most = weights.values().stream().mapToDouble(Double::doubleValue).sum();
      Map<String, Double> scores =
          most == 0 || productIds.isEmpty() ? Map.of() : scores(weights.keySet(), productIds);
      return productIds.stream()
          .mapToDouble(id -> most == 0 ? 0 : Math.min(1, scores.getOrDefault(id, 0.0) / most))
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Index of text relevance could not be read", e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Index of text relevance could not be closed", e);
    }
  }

  /** idf of each distinct term of the query that the catalogue knows. */
  private Map<String, Double> weights(String query) throws IOException {
    Map<String, Double> weights = new LinkedHashMap<>();
    try (TokenStream tokens = analyzer.tokenStream(TEXT, query)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        int documents = reader.docFreq(new Term(TEXT, term.toString()));
        if (documents > 0 && weights.size() < IndexSearcher.getMaxClauseCount() - 1) {
          double rest = reader.getDocCount(TEXT) - documents;
          weights.put(term.toString(), Math.log1p((rest + .5) / (documents + .5)));
        }
      }
      tokens.end();
    }
    return weights;
  }

  /** BM25 of those of the products that contain any of the terms. */
  private Map<String, Double> scores(Set<String> terms, List<String> productIds)
      throws IOException {
    List<BytesRef> ids = productIds.stream().map(BytesRef::new).toList();
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .add(new TermInSetQuery(ID, ids), BooleanClause.Occur.FILTER)
            .setMinimumNumberShouldMatch(1);
    terms.forEach(
        term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
    Map<String, Double> scores = new HashMap<>();
    var stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(query.build(), productIds.size()).scoreDocs) {
      scores.put(stored.document(hit.doc, Set.of(ID)).get(ID), (double) hit.score);
    }
    return scores;
  }

  private static Document document(Product product) {
    String text =
        String.join(
            "\n",
            product.title(),
            product.description(),
            product.brand(),
            String.join("\n", product.attributes().values()),
            product.category());
    Document document = new Document();
    document.add(new StringField(ID, product.id(), Field.Store.YES));
    document.add(new TextField(TEXT, text, Field.Store.NO));
    return document;
  }

  private static BM25Similarity similarity(Bm25 bm25) {
    return new BM25Similarity((float) bm25.k1(), (float) bm25.b());
  }
}
