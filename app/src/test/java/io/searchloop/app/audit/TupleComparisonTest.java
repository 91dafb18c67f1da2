package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.oracle.ConfigSchedule;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Short windows are 2000 ms for impressions before 6000 ms, and 500 ms from then on. */
class TupleComparisonTest {
  private static final long WATERMARK = 10_000;
  private static final ConfigSchedule CONFIGS =
      new ConfigSchedule(List.of(config(0, 2_000), config(6_000, 500)));

  @Test
  void isCleanWhenTopicAndOracleAgree() {
    TupleComparison comparison =
        compare(
            List.of(expected("q", 0, 1), expected("q", 1, -3)),
            tuple("q", 0, 1, 5_000).build(),
            tuple("q", 1, -3, 5_000).setOutcomeTime(Instant.ofEpochMilli(9_000)).build());

    assertThat(comparison.clean()).isTrue();
    assertThat(comparison.retractions()).isZero();
  }

  @Test
  void namesEachKindOfDifference() {
    TupleComparison comparison =
        compare(
            List.of(
                expected("missing", 0, 1), expected("different", 0, 1), expected("twice", 0, 1)),
            tuple("different", 0, 2, 5_000).build(),
            tuple("twice", 0, 1, 5_000).build(),
            tuple("twice", 0, 1, 5_000).build(),
            tuple("surplus", 0, 1, 5_000).build());

    assertThat(comparison.violations())
        .anyMatch(v -> v.startsWith("Tuples missing: 1, first search missing"))
        .anyMatch(v -> v.startsWith("Tuples surplus: 1, first search surplus"))
        .anyMatch(v -> v.startsWith("Tuples counted twice: 1, first search twice"))
        .anyMatch(v -> v.contains("another reward") && v.contains("first search different"))
        .hasSize(4);
  }

  @Test
  void comparesRewardsExactly() {
    assertThat(
            compare(List.of(expected("q", 0, 0.3)), tuple("q", 0, 0.1 + 0.2, 5_000).build())
                .different())
        .singleElement()
        .asString()
        .contains("found reward 0.30000000000000004")
        .contains("expected reward 0.3 ");
  }

  @Test
  void comparesPreferenceAndTrainability() {
    assertThat(
            compare(
                    List.of(expected("a", 0, 1), expected("b", 0, 1)),
                    tuple("a", 0, 1, 5_000).setPreference(2).build(),
                    tuple("b", 0, 1, 5_000).setTrainable(false).build())
                .different())
        .hasSize(2);
  }

  @Test
  void tellsRolloutsOfOneSlateApartByTheirSearch() {
    RewardTuple slate = tuple("a", 0, 1, 5_000).setRolloutId("slate#0").build();
    RewardTuple again = RewardTuple.newBuilder(slate).setQueryId("b").build();

    assertThat(
            compare(
                    List.of(
                        new ExpectedTuple("a", "slate#0", 0, 1, 0, true),
                        new ExpectedTuple("b", "slate#0", 0, 1, 0, true)),
                    slate,
                    again)
                .clean())
        .isTrue();
  }

  @Test
  void allowsAnIdentityTwiceWhenItsSearchWasOpenedTwice() {
    List<ExpectedTuple> twice = List.of(expected("q", 0, 1), expected("q", 0, 2));

    assertThat(
            compare(twice, tuple("q", 0, 2, 5_000).build(), tuple("q", 0, 1, 7_000).build())
                .clean())
        .isFalse();
    assertThat(
            compare(twice, tuple("q", 0, 2, 1_000).build(), tuple("q", 0, 1, 5_000).build())
                .clean())
        .isTrue();
  }

  @Test
  void namesATupleOfAnotherConfiguration() {
    RewardTuple late = tuple("q", 0, 1, 7_000).build();

    assertThat(compare(List.of(expected("q", 0, 1)), late).mispriced()).hasSize(1);
    assertThat(
            compare(
                    List.of(expected("q", 0, 1)),
                    RewardTuple.newBuilder(late)
                        .setRewardConfigFrom(Instant.ofEpochMilli(6_000))
                        .build())
                .clean())
        .isTrue();
  }

  @Test
  void leavesOutWhatLaterCheckpointsEmitted() {
    assertThat(
            compare(
                    List.of(),
                    tuple("q", 0, 1, 9_501).build(),
                    tuple("r", 1, 1, 5_000).setOutcomeTime(Instant.ofEpochMilli(10_001)).build())
                .clean())
        .isTrue();
  }

  @Test
  void countsRetractions() {
    assertThat(
            compare(
                    List.of(expected("q", 0, 1), expected("q", 1, -1)),
                    tuple("q", 0, 1, 5_000).build(),
                    tuple("q", 1, -1, 5_000).setSignal("quarantine").build())
                .retractions())
        .isEqualTo(1);
  }

  private static TupleComparison compare(List<ExpectedTuple> expected, RewardTuple... found) {
    return TupleComparison.of(
        expected, Stream.of(found).map(FoundTuple::of).toList(), WATERMARK, CONFIGS);
  }

  private static ExpectedTuple expected(String queryId, int sequence, double reward) {
    return new ExpectedTuple(queryId, queryId + "#0", sequence, reward, 0, true);
  }

  private static RewardTuple.Builder tuple(
      String queryId, int sequence, double reward, long impressionMs) {
    return RewardTuple.newBuilder()
        .setQueryId(queryId)
        .setRolloutId(queryId + "#0")
        .setSequence(sequence)
        .setReward(reward)
        .setTrainable(true)
        .setImpressionTime(Instant.ofEpochMilli(impressionMs))
        .setOutcomeTime(Instant.ofEpochMilli(impressionMs));
  }

  private static RewardConfig config(long effectiveFrom, long shortWindowMs) {
    return RewardConfig.newBuilder()
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .setShortWindowMs(shortWindowMs)
        .build();
  }
}
