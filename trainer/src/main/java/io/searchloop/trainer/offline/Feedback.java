package io.searchloop.trainer.offline;

import java.util.List;
import java.util.Map;

/** Rewards rewrites; asked by several threads at once. */
@FunctionalInterface
public interface Feedback {

  /**
   * One answer of the policy.
   *
   * @param rewrites its rewrites; none when it is invalid
   * @param tokens sampled tokens, END included
   */
  record Proposal(List<String> rewrites, int tokens) {
    public Proposal {
      rewrites = List.copyOf(rewrites);
    }

    /** Whether it obeys the format. */
    public boolean valid() {
      return !rewrites.isEmpty();
    }
  }

  /**
   * What the answers to one query earned.
   *
   * @param rewards one for each proposal, in order; {@link #MISSING} where nobody could tell
   * @param identity what the query as typed earns: scored to compare, never trained
   */
  record Scores(List<Double> rewards, double identity) {
    public Scores {
      rewards = List.copyOf(rewards);
    }
  }

  /**
   * In place of a reward that nobody could give. The answer is left out of its group: a zero would
   * teach that it was bad.
   */
  double MISSING = Double.NaN;

  /** Scores the answers to a query; equal questions have equal scores. */
  Scores score(String query, List<Proposal> proposals);

  /** Questions that stayed without an answer so far, by reason. */
  default Map<String, Long> failures() {
    return Map.of();
  }
}
