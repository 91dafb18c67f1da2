package io.searchloop.app.audit;

import io.searchloop.app.log.Located;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.schemas.RewardTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tuples on the topic against tuples of the oracle, as of one watermark.
 *
 * @param missing expected and not there
 * @param surplus there and not expected
 * @param repeated there more than once
 * @param different there with another reward
 */
record TupleComparison(
    List<String> missing, List<String> surplus, List<String> repeated, List<String> different) {
  /** Rewards are sums of a few weights; only rounding may separate them. */
  private static final double TOLERANCE = 1e-9;

  private record Key(String rolloutId, int sequence) {
    @Override
    public String toString() {
      return rolloutId + " sequence " + sequence;
    }
  }

  static TupleComparison of(
      List<ExpectedTuple> expected,
      List<Located<RewardTuple>> found,
      long watermark,
      long shortWindowMs) {
    TupleComparison comparison =
        new TupleComparison(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Map<Key, Double> rewards = comparison.collect(found, watermark, shortWindowMs);
    for (ExpectedTuple tuple : expected) {
      Key key = new Key(tuple.rolloutId(), tuple.sequence());
      Double reward = rewards.remove(key);
      if (reward == null) {
        comparison.missing.add(key.toString());
      } else if (Math.abs(reward - tuple.reward()) > TOLERANCE) {
        comparison.different.add(key + ": found " + reward + ", expected " + tuple.reward());
      }
    }
    rewards.keySet().forEach(key -> comparison.surplus.add(key.toString()));
    return comparison;
  }

  private Map<Key, Double> collect(
      List<Located<RewardTuple>> found, long watermark, long shortWindowMs) {
    Map<Key, Double> rewards = new HashMap<>();
    for (Located<RewardTuple> located : found) {
      RewardTuple tuple = located.value();
      if (emittedBy(tuple, watermark, shortWindowMs)) {
        Key key = new Key(tuple.getRolloutId(), tuple.getSequence());
        if (rewards.put(key, tuple.getReward()) != null) {
          repeated.add(key.toString());
        }
      }
    }
    return rewards;
  }

  /** A base tuple is due when its short window has passed, a correction when its outcome has. */
  private static boolean emittedBy(RewardTuple tuple, long watermark, long shortWindowMs) {
    return tuple.getSequence() == 0
        ? tuple.getImpressionTime().toEpochMilli() + shortWindowMs <= watermark
        : tuple.getOutcomeTime().toEpochMilli() <= watermark;
  }

  boolean clean() {
    return missing.isEmpty() && surplus.isEmpty() && repeated.isEmpty() && different.isEmpty();
  }

  /** One sentence for each kind of difference, with the first example. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    name(violations, "missing", missing);
    name(violations, "surplus", surplus);
    name(violations, "counted twice", repeated);
    name(violations, "with another reward", different);
    return violations;
  }

  private static void name(List<String> violations, String what, List<String> tuples) {
    if (!tuples.isEmpty()) {
      violations.add("Tuples " + what + ": " + tuples.size() + ", first " + tuples.get(0));
    }
  }
}
