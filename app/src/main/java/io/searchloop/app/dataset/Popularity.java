package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often each query is typed. Few judged datasets say, so a Zipf law is assumed: the query of
 * rank r has weight 1/r. Ranks come from a hash of the text, hence popularity is independent of
 * length, spelling and judgments, and the same in every run.
 */
final class Popularity {
  private Popularity() {}

  /** The queries with Zipf weights, most popular first. */
  static List<JudgedQuery> zipf(List<JudgedQuery> queries) {
    List<JudgedQuery> ranked =
        new ArrayList<>(
            queries.stream()
                .map(query -> new Drawn(query, Split.hash("rank " + query.text())))
                .sorted(Comparator.comparingInt(Drawn::lot).thenComparing(d -> d.query().id()))
                .map(Drawn::query)
                .toList());
    for (int i = 0; i < ranked.size(); i++) {
      ranked.set(i, ranked.get(i).withPopularity(1.0 / (i + 1)));
    }
    return ranked;
  }

  private record Drawn(JudgedQuery query, int lot) {}
}
