package io.searchloop.trainer.offline;

import java.util.List;

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
   * @param rewards one for each proposal, in order
   * @param identity what the query as typed earns: scored to compare, never trained
   */
  record Scores(List<Double> rewards, double identity) {
    public Scores {
      rewards = List.copyOf(rewards);
    }
  }

  /** Scores the answers to a query; equal questions have equal scores. */
  Scores score(String query, List<Proposal> proposals);
}
