package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.trainer.warmstart.QueryGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which queries people judged to want the same products: the bipartite graph of a judged dataset
 * (ESCI's, Home Depot's). Of train queries alone.
 */
public final class JudgedGraph {
  private JudgedGraph() {}

  /** The graph of a dataset's train queries. */
  public static QueryGraph of(Dataset dataset) {
    return of(dataset.queries(), dataset.scale(), dataset.split());
  }

  static QueryGraph of(List<JudgedQuery> queries, GradeScale scale, QuerySplit split) {
    Map<String, Map<String, Integer>> relevance = new HashMap<>();
    for (JudgedQuery query : queries) {
      Map<String, Integer> products =
          relevance.computeIfAbsent(QueryText.normalise(query.text()), text -> new HashMap<>());
      query
          .grades()
          .forEach(
              (product, grade) -> {
                if (scale.isRelevant(grade)) {
                  products.put(product, 1);
                }
              });
    }
    return new QueryGraph(relevance, text -> split.of(text) != Split.TRAIN);
  }
}
