package io.searchloop.learning.experiment;

/**
 * What one visitor did in the window after their first search of a trial. Visitors are what is
 * assigned, so visitors are what is counted: their searches resemble each other, and a test that
 * took each for a fresh observation would see evidence that is not there.
 *
 * @param candidate whether the visitor was assigned to the candidate, whatever became of it then
 * @param percent share of visitors assigned to the candidate at that first search, 1 to 99
 * @param reward mean reward of the visitor's searches
 * @param nullResults share of searches with an empty page
 * @param latencyMs mean time to a decision; not a number when none was measured
 * @param abandonment share of searches without an interaction
 * @param rewriteLength mean length of the rewrite served, characters
 */
public record VisitorOutcome(
    boolean candidate,
    int percent,
    double reward,
    double nullResults,
    double latencyMs,
    double abandonment,
    double rewriteLength) {

  /** The value of a metric. */
  public double of(Metric metric) {
    return switch (metric) {
      case REWARD -> reward;
      case NULL_RESULTS -> nullResults;
      case LATENCY -> latencyMs;
      case ABANDONMENT -> abandonment;
      case REWRITE_LENGTH -> rewriteLength;
    };
  }
}
