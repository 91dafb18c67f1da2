package io.searchloop.app.relevance;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.FusedSearch;
import java.util.List;

/**
 * Reads queries for {@link Feature}s, as {@code typed+spell} searches them: a typed word that no
 * product has is read as the nearest one that a product has. Any thread, while the engine is open.
 */
final class QueryReader {
  static final int FEEDBACK_HITS = 10;

  private final LuceneSearchEngine engine;
  private final CatalogueTerms catalogue;
  private final FusedSearch search;

  QueryReader(LuceneSearchEngine engine, CatalogueTerms catalogue) {
    this.engine = engine;
    this.catalogue = catalogue;
    this.search = new FusedSearch(new SpellingArm(engine.vocabulary()), FusionWeights.DEFAULT);
  }

  /**
   * A query beside what is found for it.
   *
   * @param reading what features read of it
   * @param hits the best products for typed query and spelling checker, without any model
   */
  record Found(QueryReading reading, List<Hit> hits) {}

  QueryReading read(String query) {
    return find(query, FEEDBACK_HITS).reading();
  }

  /**
   * Corrects and searches a query once for both.
   *
   * @param limit most hits, at least {@value #FEEDBACK_HITS}, which the reading is made of
   */
  Found find(String query, int limit) {
    FusedQuery fused = search.of(query);
    List<Hit> hits = engine.search(fused.with(List.of()), limit).hits();
    QueryReading reading =
        new QueryReading(
            catalogue.words(fused.corrected()),
            Characters.of(query),
            Characters.of(fused.corrected()),
            titles(hits.subList(0, Math.min(FEEDBACK_HITS, hits.size()))),
            catalogue);
    return new Found(reading, hits);
  }

  private Centroid titles(List<Hit> hits) {
    Centroid centroid = new Centroid(catalogue);
    for (Hit hit : hits) {
      catalogue
          .product(hit.productId())
          .ifPresent(product -> centroid.add(product.of(ProductField.TITLE), hit.score()));
    }
    return centroid;
  }
}
