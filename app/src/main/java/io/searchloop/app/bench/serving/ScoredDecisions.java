package io.searchloop.app.bench.serving;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import java.util.List;
import java.util.Map;

/**
 * Decisions scored again by the session of the version that they name, and by another: only the
 * first may agree with the log-probabilities that were logged.
 *
 * @param decisions scored again
 * @param rollouts of them
 * @param disagreeing rollouts whose own version scores them differently
 * @param ambiguous rollouts that another version scores alike, which therefore prove nothing
 * @param largestDifference of a token's log-probability from its own version's
 */
public record ScoredDecisions(
    int decisions, int rollouts, int disagreeing, int ambiguous, double largestDifference) {
  private static final double TOLERANCE = 1e-3;

  /**
   * Scores.
   *
   * @param sessions by version; at least two
   */
  static ScoredDecisions of(List<Decision> decisions, Map<Long, OnnxPolicy> sessions) {
    RewriteSampler scorer = new RewriteSampler(new SamplerSettings(1, 1));
    int rollouts = 0;
    int disagreeing = 0;
    int ambiguous = 0;
    double largest = 0;
    for (Decision decision : decisions) {
      for (Candidate candidate : decision.getCandidates()) {
        rollouts++;
        boolean others = false;
        for (Map.Entry<Long, OnnxPolicy> session : sessions.entrySet()) {
          double difference = difference(scorer, session.getValue(), decision, candidate);
          if (session.getKey() == decision.getPolicyVersion()) {
            largest = Math.max(largest, difference);
            disagreeing += difference <= TOLERANCE ? 0 : 1;
          } else {
            others |= difference <= TOLERANCE;
          }
        }
        ambiguous += others ? 1 : 0;
      }
    }
    return new ScoredDecisions(decisions.size(), rollouts, disagreeing, ambiguous, largest);
  }

  private static double difference(
      RewriteSampler scorer, OnnxPolicy session, Decision decision, Candidate candidate) {
    float[] logged = Packed.floats(candidate.getLogProbs());
    float[] found =
        scorer.score(
            session,
            Packed.ints(decision.getPromptTokens()),
            Packed.ints(candidate.getTokenIds()),
            decision.getTemperature());
    double largest = 0;
    for (int i = 0; i < logged.length; i++) {
      largest = Math.max(largest, Math.abs(logged[i] - found[i]));
    }
    return largest;
  }
}
