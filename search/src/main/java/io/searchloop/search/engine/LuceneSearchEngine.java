package io.searchloop.search.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Searches one catalogue epoch in memory, so that a worker or a trainer can score a rewrite without
 * asking another machine: BM25 over one English-analysed field of title, description, brand,
 * attribute values and category, any term suffices.
 *
 * <p>An engine never changes after {@link #index}; any thread may search it. Searches under way
 * when it is closed end normally.
 */
public final class LuceneSearchEngine implements SearchEngine {
  private final CatalogueText text;
  private final LuceneQueries queries;
  private final Map<String, Product> products;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final long epoch;

  private LuceneSearchEngine(
      CatalogueText text,
      Map<String, Product> products,
      DirectoryReader reader,
      Bm25 bm25,
      long epoch) {
    this.text = text;
    this.queries = new LuceneQueries(text);
    this.products = products;
    this.reader = reader;
    this.epoch = epoch;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setSimilarity(similarity(bm25));
    this.searcher.setQueryCache(null); // scored queries are never cached
  }

  /**
   * Indexes a catalogue on the calling thread; of products with the same id the last one counts, as
   * in the compacted catalogue topic.
   *
   * @param products the whole catalogue of the epoch
   * @param epoch number of the catalogue epoch, reported with every result
   * @param bm25 ranking parameters
   */
  public static LuceneSearchEngine index(Iterable<Product> products, long epoch, Bm25 bm25) {
    Map<String, Product> byId = new LinkedHashMap<>();
    products.forEach(product -> byId.put(product.id(), product));
    CatalogueText text = new CatalogueText();
    try {
      Directory directory = new ByteBuffersDirectory();
      write(byId, text, directory, bm25);
      return new LuceneSearchEngine(text, byId, DirectoryReader.open(directory), bm25, epoch);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Catalogue epoch %d with %d products could not be indexed in memory"
              .formatted(epoch, byId.size()),
          e);
    }
  }

  @Override
  public SearchResults search(SearchQuery query, int limit) {
    return search((QueryForm) query, limit);
  }

  /**
   * The best products for a query in any form.
   *
   * @param limit most hits to return, at least one; the total is exact whatever the limit
   * @throws IllegalArgumentException when the limit is below one
   * @throws IllegalStateException when the engine is closed
   */
  public SearchResults search(QueryForm form, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "Search limit is %d, expected at least 1. Ask for the hits that are shown."
              .formatted(limit));
    }
    return read(() -> search(queries.of(form), limit));
  }

  /** How many products any of the forms finds: the size of the union of their results. */
  public long count(QueryForm... forms) {
    return read(() -> (long) searcher.count(queries.union(List.of(forms))));
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public long documents() {
    return products.size();
  }

  @Override
  public Optional<Product> product(String id) {
    return Optional.ofNullable(products.get(id));
  }

  /** The whole catalogue, in the order given. */
  public Collection<Product> products() {
    return Collections.unmodifiableCollection(products.values());
  }

  /** The words of this catalogue; valid until the engine is closed. */
  public Vocabulary vocabulary() {
    return new LuceneVocabulary(reader, text);
  }

  /** How texts look to this index; valid until the engine is closed. */
  public IndexTerms terms() {
    return new LuceneTerms(reader, text);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Catalogue epoch %d could not be closed".formatted(epoch), e);
    }
  }

  private <T> T read(Reading<T> reading) {
    if (!reader.tryIncRef()) {
      throw new IllegalStateException(
          "Search engine of catalogue epoch %d is closed. Search the engine of the current epoch."
              .formatted(epoch));
    }
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException("Catalogue epoch %d could not be read".formatted(epoch), e);
    } finally {
      release();
    }
  }

  private SearchResults search(Query query, int limit) throws IOException {
    // Exact totals cost Lucene its early exit; null rates and retrieval gains need them.
    int most = Math.max(1, Math.min(limit, reader.maxDoc()));
    TopDocs found =
        searcher.search(query, new TopScoreDocCollectorManager(most, Integer.MAX_VALUE));
    List<Hit> hits = new ArrayList<>(found.scoreDocs.length);
    var stored = searcher.storedFields();
    for (ScoreDoc hit : found.scoreDocs) {
      String id = stored.document(hit.doc, Set.of(CatalogueText.ID)).get(CatalogueText.ID);
      hits.add(new Hit(id, hit.score));
    }
    return new SearchResults(hits, found.totalHits.value, epoch);
  }

  /** Documents keep the order of the catalogue, which breaks ties the same way in every run. */
  private static void write(
      Map<String, Product> products, CatalogueText text, Directory directory, Bm25 bm25)
      throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(text.analyzer())
            .setSimilarity(similarity(bm25))
            .setMergePolicy(new LogByteSizeMergePolicy());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (Product product : products.values()) {
        writer.addDocument(text.document(product));
      }
      writer.forceMerge(1);
    }
  }

  private static Similarity similarity(Bm25 bm25) {
    return new BM25Similarity((float) bm25.k1(), (float) bm25.b());
  }

  private void release() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException("Catalogue epoch %d could not be closed".formatted(epoch), e);
    }
  }

  /** A look into the index, which stays open meanwhile. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }
}
