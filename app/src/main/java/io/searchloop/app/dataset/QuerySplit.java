package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.evaluation.QueryClusters;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/**
 * The side of every query of a dataset. Near duplicates are clustered first and a cluster is on one
 * side as a whole, or the test would ask what training has seen with an "s" at its end. The side is
 * a hash of seed and cluster, so it is the same on every machine and in every run; another seed
 * gives another split, and figures over several seeds show what the choice of queries does.
 *
 * <p>An immutable value. ADR 0040.
 */
public final class QuerySplit {
  /** Seed of the split unless another is asked for. */
  public static final long DEFAULT_SEED = 1;

  private final Map<String, String> clusters;
  private final long seed;
  private final boolean heldOut;

  private QuerySplit(Map<String, String> clusters, long seed, boolean heldOut) {
    this.clusters = Collections.unmodifiableMap(clusters);
    this.seed = seed;
    this.heldOut = heldOut;
  }

  /**
   * Every query on the side that is learned from. For logs, which time divides: what is judged
   * happened later, whatever was typed; and for catalogues without queries.
   */
  static QuerySplit allLearned() {
    return new QuerySplit(Map.of(), DEFAULT_SEED, false);
  }

  /**
   * Splits texts.
   *
   * @param texts everything that was typed and everything that queries were corrected to
   */
  public static QuerySplit of(Collection<String> texts, long seed) {
    return new QuerySplit(
        QueryClusters.of(texts.stream().map(QueryText::normalise).toList()), seed, true);
  }

  /** Side of a query; one that was not among the texts is a cluster of its own. */
  public Split of(String query) {
    return heldOut ? Split.ofHash("split " + seed + " " + cluster(query)) : Split.TRAIN;
  }

  /** Name of a query's cluster, the same for near duplicates. */
  public String cluster(String query) {
    String text = QueryText.normalise(query);
    return clusters.getOrDefault(text, text);
  }

  /** Seed of the hash. */
  public long seed() {
    return seed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuerySplit that
        && seed == that.seed
        && heldOut == that.heldOut
        && clusters.equals(that.clusters);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seed) * 31 + clusters.hashCode();
  }

  /** Without the queries: their text is private. */
  @Override
  public String toString() {
    return "QuerySplit[seed=" + seed + ", texts=" + clusters.size() + "]";
  }

  /** The same clusters on other sides. */
  public QuerySplit withSeed(long other) {
    return new QuerySplit(clusters, other, heldOut);
  }
}
