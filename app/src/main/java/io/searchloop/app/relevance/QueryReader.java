package io.searchloop.app.relevance;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.FusionWeights;
import java.util.List;

/**
 * Reads queries for {@link Feature}s, as {@code typed+spell} searches them: a typed word that no
 * product has is read as the nearest one that a product has. Any thread, while the engine is open.
 */
final class QueryReader {
  private static final int FEEDBACK_HITS = 10;

  private final LuceneSearchEngine engine;
  private final CatalogueTerms catalogue;
  private final SpellingArm spelling;

  QueryReader(LuceneSearchEngine engine, CatalogueTerms catalogue) {
    this.engine = engine;
    this.catalogue = catalogue;
    this.spelling = new SpellingArm(engine.vocabulary());
  }

  QueryReading read(String query) {
    String corrected = spelling.rewrite(query);
    return new QueryReading(
        catalogue.words(corrected),
        Characters.of(query),
        Characters.of(corrected),
        titles(search(query, corrected, FEEDBACK_HITS)),
        catalogue);
  }

  /** The best products for typed query and spelling checker, without any model. */
  List<Hit> hits(String query, int limit) {
    return search(query, spelling.rewrite(query), limit);
  }

  private List<Hit> search(String query, String corrected, int limit) {
    WeightedText correction = new WeightedText(corrected, FusionWeights.DEFAULT.correction());
    SearchQuery fused = new SearchQuery(query, List.of(correction), Combination.UNION);
    return engine.search(fused, limit).hits();
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
