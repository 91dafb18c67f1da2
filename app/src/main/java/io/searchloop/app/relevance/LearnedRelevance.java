package io.searchloop.app.relevance;

import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.List;

/**
 * f(q,d) learned from what people judged: the expected grade of a product as a share of the best
 * one, by gradient-boosted trees over {@link Feature}s. It reads the query as typed and as the
 * spelling checker has it, and never the rewrite that found a product.
 *
 * <p>Who trains a policy against it must evaluate by another judge; {@code evaluate} judges by
 * grades of queries that it never read (docs/adr/0042). Holds the words of the whole catalogue; any
 * thread until it is closed, and while its engine is open.
 */
public final class LearnedRelevance implements RelevanceModel {
  private final CatalogueTerms catalogue;
  private final QueryReader reader;
  private final BoostedTrees trees;

  LearnedRelevance(CatalogueTerms catalogue, QueryReader reader, BoostedTrees trees) {
    this.catalogue = catalogue;
    this.reader = reader;
    this.trees = trees;
  }

  /**
   * A saved model over a catalogue, which may be another than it was trained on.
   *
   * @param engine index of the products; stays the caller's
   */
  public static LearnedRelevance of(
      SavedRelevance saved, Iterable<Product> products, LuceneSearchEngine engine) {
    CatalogueTerms catalogue = new CatalogueTerms(products, engine.terms());
    return new LearnedRelevance(
        catalogue, new QueryReader(engine, catalogue), BoostedTrees.parse(saved.trees()));
  }

  @Override
  public double[] relevance(String query, List<String> productIds) {
    return relevance(reader.read(query), productIds);
  }

  /** Of a query that is read already. */
  double[] relevance(QueryReading reading, List<String> productIds) {
    float[] rows = new float[productIds.size() * Feature.count()];
    boolean[] known = new boolean[productIds.size()];
    for (int i = 0; i < productIds.size(); i++) {
      int row = i;
      catalogue
          .product(productIds.get(i))
          .ifPresent(
              product -> {
                known[row] = true;
                Feature.write(new Match(reading, product, catalogue), rows, row * Feature.count());
              });
    }
    double[] relevance = trees.predict(rows);
    for (int i = 0; i < relevance.length; i++) {
      relevance[i] = known[i] ? relevance[i] : 0;
    }
    return relevance;
  }

  @Override
  public void close() {
    trees.close();
  }
}
