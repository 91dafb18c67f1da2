package io.searchloop.learning.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThompsonBanditTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Integer> BOTH = List.of(0, 1);
  private static final Context MISSPELT = Context.of("misspelt");
  private static final BanditConfig CONFIG =
      BanditConfig.of(List.of("identity", "spelling"), Duration.ofDays(7));

  private final RandomGenerator random = new SplittableRandom(1);

  @Test
  void choosesEvenlyWhileNothingIsKnown() {
    ArmChoice choice = new ThompsonBandit(CONFIG).choose("q1", MISSPELT, BOTH, NOON, random);

    assertThat(choice.propensities()).containsExactly(.5, .5);
    assertThat(choice.propensity()).isEqualTo(.5);
  }

  @Test
  void aNormalDifferenceOfOneDeviationIsBestWithPhiOfOne() {
    double[] best = BestArm.probabilities(List.of(new Belief(1, .5), new Belief(0, .5)));

    assertThat(best[0]).isCloseTo(.841345, within(1e-6));
    assertThat(best[1]).isCloseTo(.158655, within(1e-6));
  }

  @Test
  void equalBeliefsShareEvenly() {
    Belief belief = new Belief(3, .2);

    assertThat(BestArm.probabilities(List.of(belief, belief, belief)))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void aBeliefWeighsPriorAndRewardsByTheirPrecision() {
    RewardSums sums = new RewardSums(Double.POSITIVE_INFINITY);
    for (int i = 0; i < 10; i++) {
      sums.add(i, 1, 3, 9);
    }

    Belief after = new Belief(2, .5).after(sums, 5);

    assertThat(after.variance()).isCloseTo(.25, within(1e-12));
    assertThat(after.mean()).isCloseTo(2.5, within(1e-12));
  }

  @Test
  void aSearchCountsHalfAfterItsHalfLifeWhateverTheOrder() {
    double day = Duration.ofDays(1).toSeconds();
    RewardSums forward = new RewardSums(day);
    forward.add(0, 1, 4, 16);
    forward.add(day, 1, 2, 4);
    RewardSums backward = new RewardSums(day);
    backward.add(day, 1, 2, 4);
    backward.add(0, 1, 4, 16);

    for (RewardSums sums : List.of(forward, backward)) {
      assertThat(sums.sum()).isCloseTo(4, within(1e-12));
      assertThat(sums.weight()).isCloseTo(1.5, within(1e-12));
      assertThat(sums.squares()).isCloseTo(12, within(1e-12));
    }
  }

  @Test
  void noAvailableArmFallsBelowTheFloorAndNoOtherIsChosen() {
    BanditConfig three =
        BanditConfig.of(List.of("identity", "spelling", "synonyms"), Duration.ofDays(7));
    ThompsonBandit bandit = new ThompsonBandit(three);
    for (int i = 0; i < 4000; i++) {
      ArmChoice choice = bandit.choose("q" + i, MISSPELT, List.of(0, 2), NOON, random);
      bandit.observe("q" + i, 0, choice.arm() == 2 ? 5 + random.nextDouble() : 0);
    }

    List<Double> propensities = bandit.propensities(MISSPELT, List.of(0, 2), NOON);
    assertThat(propensities.get(0)).isCloseTo(three.floor(), within(1e-6));
    assertThat(propensities.get(1)).isZero();
    assertThat(propensities.get(2)).isCloseTo(1 - three.floor(), within(1e-6));
  }

  @Test
  void learnsTheBetterArmOfEachKindOfSearch() {
    ThompsonBandit bandit = new ThompsonBandit(CONFIG);
    Context plain = Context.of("plain");
    for (int i = 0; i < 6000; i++) {
      Context context = i % 2 == 0 ? MISSPELT : plain;
      ArmChoice choice = bandit.choose("q" + i, context, BOTH, NOON, random);
      boolean better = choice.arm() == (context == MISSPELT ? 1 : 0);
      bandit.observe("q" + i, 0, random.nextDouble() < (better ? .5 : .3) ? 1 : 0);
    }

    assertThat(bandit.propensities(MISSPELT, BOTH, NOON).get(1)).isGreaterThan(.9);
    assertThat(bandit.propensities(plain, BOTH, NOON).get(0)).isGreaterThan(.9);
  }

  /** The poor kind earns less with either arm; an arm new to it must not look like the average. */
  @Test
  void armsAreComparedWithinTheirKind() {
    ThompsonBandit bandit = new ThompsonBandit(CONFIG);
    Context poor = Context.of("poor");
    for (int i = 0; i < 4000; i++) {
      boolean rich = i % 2 == 0;
      List<Integer> available = rich ? List.of(0) : BOTH;
      ArmChoice choice =
          bandit.choose("q" + i, rich ? Context.of("rich") : poor, available, NOON, random);
      bandit.observe("q" + i, 0, random.nextDouble() + (rich ? 5 : choice.arm() == 1 ? .3 : 0));
    }

    assertThat(bandit.propensities(poor, BOTH, NOON).get(1)).isGreaterThan(.95);
  }

  @Test
  void aNarrowKindWithoutEvidenceIsTreatedLikeItsWiderOne() {
    ThompsonBandit bandit = new ThompsonBandit(CONFIG);
    for (int i = 0; i < 4000; i++) {
      ArmChoice choice =
          bandit.choose("q" + i, Context.of("misspelt", "lite bulb"), BOTH, NOON, random);
      bandit.observe("q" + i, 0, choice.arm() + random.nextDouble());
    }

    assertThat(bandit.propensities(Context.of("misspelt", "never seen"), BOTH, NOON).get(1))
        .isGreaterThan(.9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neitherOrderNorRepetitionOfOutcomesMatters(long seed) {
    ThompsonBandit expected = new ThompsonBandit(CONFIG);
    ThompsonBandit shuffled = new ThompsonBandit(CONFIG);
    for (int i = 0; i < 50; i++) {
      Instant when = NOON.plusSeconds(i);
      expected.choose("q" + i, MISSPELT, BOTH, when, new SplittableRandom(seed + i));
      shuffled.choose("q" + i, MISSPELT, BOTH, when, new SplittableRandom(seed + i));
    }
    RandomGenerator draws = new SplittableRandom(seed);
    List<Runnable> outcomes = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String id = "q" + i / 3;
      int sequence = i % 3;
      double reward = draws.nextInt(-3, 10);
      expected.observe(id, sequence, reward);
      outcomes.add(() -> shuffled.observe(id, sequence, reward));
      outcomes.add(() -> shuffled.observe(id, sequence, reward));
    }
    Collections.shuffle(outcomes, new Random(seed));

    outcomes.forEach(Runnable::run);

    assertThat(shuffled.propensities(MISSPELT, BOTH, NOON).get(0))
        .isCloseTo(expected.propensities(MISSPELT, BOTH, NOON).get(0), within(1e-9));
    assertThat(shuffled.counts().repeated()).isEqualTo(150);
    assertThat(expected.counts().repeated()).isZero();
  }

  @Test
  void aRefundTakesBackWhatThePurchasePaid() {
    ThompsonBandit refunded = new ThompsonBandit(CONFIG);
    ThompsonBandit never = new ThompsonBandit(CONFIG);
    for (int i = 0; i < 40; i++) {
      refunded.choose("q" + i, MISSPELT, BOTH, NOON, new SplittableRandom(i));
      never.choose("q" + i, MISSPELT, BOTH, NOON, new SplittableRandom(i));
      refunded.observe("q" + i, 0, i % 3);
      never.observe("q" + i, 0, i % 3);
    }
    refunded.observe("q7", 1, 10);
    double before = refunded.propensities(MISSPELT, BOTH, NOON).get(0);
    refunded.observe("q7", 2, -10);

    double after = refunded.propensities(MISSPELT, BOTH, NOON).get(0);
    assertThat(after).isNotCloseTo(before, within(1e-3));
    assertThat(after).isCloseTo(never.propensities(MISSPELT, BOTH, NOON).get(0), within(1e-9));
  }

  @Test
  void outcomesBehindItsMemoryAreCountedAsUnknown() {
    ThompsonBandit bandit = new ThompsonBandit(CONFIG);
    bandit.choose("old", MISSPELT, BOTH, NOON, random);
    bandit.choose("new", MISSPELT, BOTH, NOON.plus(Duration.ofDays(8)), random);

    assertThat(bandit.observe("old", 0, 1)).isFalse();
    assertThat(bandit.observe("elsewhere", 0, 1)).isFalse();
    assertThat(bandit.observe("new", 0, 1)).isTrue();
    assertThat(bandit.counts()).isEqualTo(new ThompsonBandit.Counts(0, 2, 0, 1));
  }

  @Test
  void kindsLeastRecentlySeenAreForgottenAndCounted() {
    BanditConfig few =
        new BanditConfig(CONFIG.arms(), .02, 500, BanditConfig.NEVER, Duration.ofDays(7), 3);
    ThompsonBandit bandit = new ThompsonBandit(few);
    for (int i = 0; i < 10; i++) {
      bandit.choose("q" + i, Context.of("query " + i), BOTH, NOON, random);
      bandit.observe("q" + i, 0, i);
    }

    assertThat(bandit.counts().forgottenContexts()).isEqualTo(8);
  }

  @Test
  void refusesAFloorThatLeavesNothingToLearn() {
    assertThatThrownBy(
            () ->
                new BanditConfig(
                    List.of("a", "b"), .6, 500, BanditConfig.NEVER, Duration.ofDays(7), 10))
        .hasMessageContaining("Floor is 0.6 for 2 arms");
  }

  @Test
  void refusesTheSameSearchTwice() {
    ThompsonBandit bandit = new ThompsonBandit(CONFIG);
    bandit.choose("q", MISSPELT, BOTH, NOON, random);

    assertThatThrownBy(() -> bandit.choose("q", MISSPELT, BOTH, NOON, random))
        .hasMessageContaining("Decision q was made before");
  }
}
