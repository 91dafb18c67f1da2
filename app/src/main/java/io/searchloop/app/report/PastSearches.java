package io.searchloop.app.report;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Split;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.search.suggest.PastQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up by query what shoppers asked and what it earned, corrections included. Searches whose
 * page was merged from several lists are left out: their rewards belong to rewrites, not to the
 * search. One thread.
 */
public final class PastSearches {
  private final Map<String, Totals> byQuery = new HashMap<>();

  private static final class Totals {
    final Set<String> searches = new HashSet<>();
    double reward;
  }

  /** Takes a tuple in, those of the engine apart. */
  public void add(RewardTuple tuple) {
    if (tuple.getOrigin() == TupleOrigin.ASSIGNED || tuple.getOrigin() == TupleOrigin.SLATE) {
      Totals totals =
          byQuery.computeIfAbsent(QueryText.normalise(tuple.getQuery()), query -> new Totals());
      totals.searches.add(tuple.getQueryId());
      totals.reward += tuple.getReward();
    }
  }

  /**
   * Queries that were asked often enough, most searches first.
   *
   * @param least searches below which a query is nobody else's business
   */
  public List<PastQuery> queries(long least) {
    return byQuery.entrySet().stream()
        .filter(entry -> entry.getValue().searches.size() >= least && !entry.getKey().isBlank())
        .map(
            entry -> {
              long searches = entry.getValue().searches.size();
              return new PastQuery(entry.getKey(), searches, entry.getValue().reward / searches);
            })
        .sorted(
            Comparator.comparingLong(PastQuery::searches).reversed().thenComparing(PastQuery::text))
        .toList();
  }

  /**
   * What a dataset says its shoppers ask: training queries, by popularity, with no outcome.
   * Held-out queries stay unknown to everything that serves.
   */
  public static List<PastQuery> of(Dataset dataset) {
    return dataset.queries(Split.TRAIN).stream()
        .map(query -> new PastQuery(query.text(), Math.max(1, Math.round(query.popularity())), 0))
        .toList();
  }
}
