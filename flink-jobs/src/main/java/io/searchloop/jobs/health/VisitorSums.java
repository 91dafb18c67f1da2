package io.searchloop.jobs.health;

import io.searchloop.learning.experiment.VisitorOutcome;

/**
 * What one visitor did so far in a trial. Public for Flink's serializers.
 *
 * @param candidateVersion the trial
 * @param candidate arm at the first search; later ones count for it whatever arm they met
 * @param percent share of visitors at the first search
 * @param since time of the first search, epoch milliseconds
 * @param searches how many
 * @param reward sum
 * @param nullResults how many
 * @param latencyMs sum of those measured
 * @param measured how many were
 * @param abandoned how many
 * @param rewriteLength sum
 */
public record VisitorSums(
    long candidateVersion,
    boolean candidate,
    int percent,
    long since,
    int searches,
    double reward,
    int nullResults,
    double latencyMs,
    int measured,
    int abandoned,
    long rewriteLength) {

  static VisitorSums beginning(TrialSearch first) {
    return new VisitorSums(
        first.candidateVersion(),
        first.candidate(),
        first.percent(),
        first.time(),
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  VisitorSums plus(TrialSearch search) {
    boolean timed = search.latencyMs() >= 0;
    return new VisitorSums(
        candidateVersion,
        candidate,
        percent,
        since,
        searches + 1,
        reward + search.reward(),
        nullResults + (search.nullResult() ? 1 : 0),
        latencyMs + (timed ? search.latencyMs() : 0),
        measured + (timed ? 1 : 0),
        abandoned + (search.abandoned() ? 1 : 0),
        rewriteLength + search.rewriteLength());
  }

  /** The means; latency is not a number when none was measured. */
  VisitorOutcome outcome() {
    double count = searches;
    return new VisitorOutcome(
        candidate,
        percent,
        reward / count,
        nullResults / count,
        measured == 0 ? Double.NaN : latencyMs / measured,
        abandoned / count,
        rewriteLength / count);
  }
}
