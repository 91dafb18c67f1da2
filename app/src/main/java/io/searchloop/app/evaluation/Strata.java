package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of the judged queries belong to which stratum, as indices; empty strata are left out. */
final class Strata {
  static final int FEW = 100;

  private Strata() {}

  /**
   * Finds the strata.
   *
   * @param queries judged queries
   * @param hits products that each finds as typed
   */
  static Map<Stratum, int[]> of(Dataset dataset, List<JudgedQuery> queries, long[] hits) {
    Map<Stratum, Set<Integer>> members = new EnumMap<>(Stratum.class);
    Set<String> corrected =
        dataset.corrections().keySet().stream()
            .map(QueryText::normalise)
            .collect(Collectors.toSet());
    double searches = queries.stream().mapToDouble(JudgedQuery::popularity).sum();
    double before = 0;
    for (int i : byPopularity(queries)) {
      JudgedQuery query = queries.get(i);
      boolean misspelt = corrected.contains(QueryText.normalise(query.text()));
      add(members, Stratum.ALL, i);
      add(members, misspelt ? Stratum.MISSPELT : Stratum.OTHER, i);
      add(members, popularity(before / searches), i);
      if (hits[i] < FEW) {
        add(members, Stratum.FEW_RESULTS, i);
      }
      before += query.popularity();
    }
    Map<Stratum, int[]> strata = new EnumMap<>(Stratum.class);
    members.forEach(
        (stratum, indices) ->
            strata.put(stratum, indices.stream().mapToInt(Integer::intValue).toArray()));
    return strata;
  }

  private static List<Integer> byPopularity(List<JudgedQuery> queries) {
    return IntStream.range(0, queries.size())
        .boxed()
        .sorted((a, b) -> Double.compare(queries.get(b).popularity(), queries.get(a).popularity()))
        .toList();
  }

  private static Stratum popularity(double shareBefore) {
    return shareBefore < 1.0 / 3
        ? Stratum.HEAD
        : shareBefore < 2.0 / 3 ? Stratum.TORSO : Stratum.TAIL;
  }

  private static void add(Map<Stratum, Set<Integer>> members, Stratum stratum, int query) {
    members.computeIfAbsent(stratum, s -> new TreeSet<>()).add(query);
  }
}
