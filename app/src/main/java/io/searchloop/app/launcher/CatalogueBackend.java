package io.searchloop.app.launcher;

import io.searchloop.app.log.Located;
import io.searchloop.app.log.TopicLog;
import io.searchloop.jobs.engine.SearchBackend;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The catalogue as it stands in its topic, searched and judged by Lucene in this process: what the
 * engine reward job asks on one machine. The judge reads past typing mistakes and needs no
 * training; it stays as it is while the policy learns.
 */
final class CatalogueBackend implements SearchBackend {
  private final LuceneSearchEngine engine;
  private final RelevanceModel relevance;

  private CatalogueBackend(LuceneSearchEngine engine, RelevanceModel relevance) {
    this.engine = engine;
    this.relevance = relevance;
  }

  /** Reads the catalogue and indexes it. */
  static SearchBackend open(String bootstrapServers, Serdes serdes) {
    Map<String, Product> products = new LinkedHashMap<>();
    long epoch = 0;
    for (Located<io.searchloop.schemas.Product> located :
        TopicLog.readAll(Topics.PRODUCTS, bootstrapServers, serdes)) {
      io.searchloop.schemas.Product record = located.value();
      epoch = Math.max(epoch, record.getEpoch());
      if (!record.getEpochMarker()) {
        products.put(record.getProductId(), product(record));
      }
    }
    LuceneSearchEngine engine = LuceneSearchEngine.index(products.values(), epoch, Bm25.DEFAULT);
    RelevanceModel judge = Bm25Relevance.of(products.values(), Bm25.DEFAULT);
    return new CatalogueBackend(
        engine, new CorrectedRelevance(judge, new SpellingArm(engine.vocabulary())));
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
