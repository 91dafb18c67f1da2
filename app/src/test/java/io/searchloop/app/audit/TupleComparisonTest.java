package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.log.Located;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.schemas.RewardTuple;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TupleComparisonTest {
  private static final long WATERMARK = 10_000;
  private static final long SHORT_WINDOW_MS = 2_000;

  @Test
  void isCleanWhenTopicAndOracleAgree() {
    assertThat(
            compare(
                    List.of(new ExpectedTuple("q#0", 0, 1), new ExpectedTuple("q#0", 1, -3)),
                    tuple("q#0", 0, 1, 5_000),
                    tuple("q#0", 1, -3, 9_000))
                .clean())
        .isTrue();
  }

  @Test
  void namesEachKindOfDifference() {
    TupleComparison comparison =
        compare(
            List.of(
                new ExpectedTuple("missing", 0, 1),
                new ExpectedTuple("different", 0, 1),
                new ExpectedTuple("twice", 0, 1)),
            tuple("different", 0, 2, 5_000),
            tuple("twice", 0, 1, 5_000),
            tuple("twice", 0, 1, 5_000),
            tuple("surplus", 0, 1, 5_000));

    assertThat(comparison.violations())
        .anyMatch(v -> v.startsWith("Tuples missing: 1, first missing"))
        .anyMatch(v -> v.startsWith("Tuples surplus: 1, first surplus"))
        .anyMatch(v -> v.startsWith("Tuples counted twice: 1, first twice"))
        .anyMatch(v -> v.startsWith("Tuples with another reward: 1, first different"));
  }

  @Test
  void leavesOutWhatLaterCheckpointsEmitted() {
    assertThat(compare(List.of(), tuple("q#0", 0, 1, 8_001), tuple("q#1", 1, 1, 10_001)).clean())
        .isTrue();
  }

  private static TupleComparison compare(List<ExpectedTuple> expected, RewardTuple... found) {
    List<Located<RewardTuple>> located =
        List.of(found).stream().map(t -> new Located<>(0, 0, 0, t)).toList();
    return TupleComparison.of(expected, located, WATERMARK, SHORT_WINDOW_MS);
  }

  private static RewardTuple tuple(String rollout, int sequence, double reward, long timeMs) {
    return RewardTuple.newBuilder()
        .setRolloutId(rollout)
        .setSequence(sequence)
        .setReward(reward)
        .setImpressionTime(Instant.ofEpochMilli(timeMs))
        .setOutcomeTime(Instant.ofEpochMilli(timeMs))
        .build();
  }
}
