package io.searchloop.jobs.io;

import io.searchloop.jobs.engine.SearchBackend;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue as it stood in its topic when the engine reward job began, searched by the workers'
 * engine and judged by Lucene in this process: what the job asks on one machine. Workers follow
 * every epoch, this stays with the one it opened: start the job anew after a change of catalogue.
 * An OpenSearch drops that epoch after the second change; the job begins anew by itself then. The
 * judge reads past typing mistakes and needs no training; it stays as it is while the policy
 * learns.
 */
public final class CatalogueBackend implements SearchBackend {
  private final SearchEngine engine;
  private final RelevanceModel relevance;

  private CatalogueBackend(SearchEngine engine, RelevanceModel relevance) {
    this.engine = engine;
    this.relevance = relevance;
  }

  /**
   * Reads the newest complete epoch of the catalogue and indexes it, once.
   *
   * @param retrieval what finds products; that of the workers
   */
  public static SearchBackend open(
      Brokers bootstrapServers, Serdes serdes, RetrievalChoice retrieval) {
    List<io.searchloop.schemas.Product> records =
        TopicLog.readAll(Topics.PRODUCTS, bootstrapServers, serdes).stream()
            .map(Located::value)
            .toList();
    long epoch = newestEpoch(records);
    List<Product> products = products(records, epoch);
    LuceneSearchEngine engine = LuceneSearchEngine.index(products, epoch, Bm25.DEFAULT);
    RelevanceModel judge = Bm25Relevance.of(products, Bm25.DEFAULT);
    return new CatalogueBackend(
        retrieval.over(engine),
        new CorrectedRelevance(judge, new SpellingArm(engine.vocabulary())));
  }

  /** The newest epoch that is complete; 0 before the first. */
  static long newestEpoch(List<io.searchloop.schemas.Product> records) {
    return records.stream()
        .filter(io.searchloop.schemas.Product::getEpochMarker)
        .mapToLong(io.searchloop.schemas.Product::getEpoch)
        .max()
        .orElse(0);
  }

  /** Products of an epoch: one that is not in it was withdrawn. */
  static List<Product> products(List<io.searchloop.schemas.Product> records, long epoch) {
    Map<String, Product> products = new LinkedHashMap<>();
    records.stream()
        .filter(record -> record.getEpoch() == epoch && !record.getEpochMarker())
        .forEach(record -> products.put(record.getProductId(), product(record)));
    return List.copyOf(products.values());
  }

  @Override
  public SearchEngine engine() {
    return engine;
  }

  @Override
  public RelevanceModel relevance() {
    return relevance;
  }

  @Override
  public void close() {
    relevance.close();
    engine.close();
  }

  private static Product product(io.searchloop.schemas.Product record) {
    return new Product(
        record.getProductId(),
        record.getTitle(),
        record.getDescription(),
        record.getCategory(),
        record.getBrand(),
        record.getAttributes());
  }
}
