package io.searchloop.app.rewrites;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;

/**
 * A rewrite that earned more than its query did without it.
 *
 * @param query in normal form
 * @param rewrite in normal form
 * @param combination how it joined the query
 * @param weight of its words in a union, beside 1 of a typed one
 * @param searches with the rewrite
 * @param visitors who made them
 * @param typedSearches of the query as typed
 * @param typedVisitors who made those
 * @param gain reward of a visitor's search with the rewrite minus without
 * @param firstVersion oldest release that sampled it; of the last lineages too
 * @param lastVersion newest one
 */
public record RewriteWin(
    String query,
    String rewrite,
    Combination combination,
    double weight,
    long searches,
    int visitors,
    long typedSearches,
    int typedVisitors,
    Interval gain,
    long firstVersion,
    long lastVersion) {

  /** What it rests on, for people. */
  String evidence() {
    return "%d searches of %d visitors, as typed %d of %d; reward %s; versions %d to %d"
        .formatted(
            searches,
            visitors,
            typedSearches,
            typedVisitors,
            gain.signedText(4),
            firstVersion,
            lastVersion);
  }
}
