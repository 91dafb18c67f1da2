package io.searchloop.learning.preference;

import static io.searchloop.learning.preference.RewardLevelsTest.earning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairSelectionTest {
  private final PairAdmission admission = new PairAdmission(5, .8, .05, 1);
  private final List<RewardStatistics> threeLevels =
      List.of(earning(0, 20), earning(1, 20), earning(.4, 20));

  @Test
  void pairsOnlyNeighboursInRewardLevel() {
    List<RankedPair> pairs = PairSelection.of(admission, threeLevels, PairLevels.ADJACENT);

    // Of 1 over .4 and .4 over 0 the first has the larger margin; 1 over 0 is no neighbour.
    assertThat(pairs)
        .extracting(RankedPair::preferred, RankedPair::rejected)
        .containsExactly(tuple(1, 2));
    assertThat(pairs.get(0).margin()).isCloseTo(.6, within(1e-12));
  }

  @Test
  void pairsTheBestWithTheWorstWhenAllLevelsMayMeet() {
    List<RankedPair> pairs = PairSelection.of(admission, threeLevels, PairLevels.ALL);

    assertThat(pairs)
        .extracting(RankedPair::preferred, RankedPair::rejected)
        .containsExactly(tuple(1, 0));
  }

  @Test
  void pairsEachRewriteOfTwoLevelsOnce() {
    List<RewardStatistics> rewrites =
        List.of(earning(1, 20), earning(0, 20), earning(1, 20), earning(0, 20), earning(0, 20));

    assertThat(PairSelection.of(admission, rewrites, PairLevels.ADJACENT))
        .extracting(RankedPair::preferred, RankedPair::rejected)
        .containsExactly(tuple(0, 1), tuple(2, 3));
  }

  @ParameterizedTest
  @EnumSource
  void letsNoRewriteArgueTwice(PairLevels allowed) {
    Random random = new Random(3);
    int found = 0;
    for (int round = 0; round < 300; round++) {
      List<RewardStatistics> rewrites = RewardLevelsTest.randomRewrites(random);
      RewardLevels levels = RewardLevels.of(admission, rewrites);
      Set<Integer> argued = new HashSet<>();
      for (RankedPair pair : PairSelection.of(admission, rewrites, allowed)) {
        found++;
        assertThat(argued.add(pair.preferred()) && argued.add(pair.rejected())).isTrue();
        assertThat(rewrites.get(pair.preferred()).mean())
            .isGreaterThan(rewrites.get(pair.rejected()).mean());
        if (allowed == PairLevels.ADJACENT) {
          assertThat(levels.of(pair.rejected()) - levels.of(pair.preferred())).isEqualTo(1);
        }
      }
    }
    assertThat(found).isGreaterThan(200);
  }

  @Test
  void pairsTheListsThatHeldWhatWasBoughtWithThoseThatDidNot() {
    assertThat(OrdinalPairs.of(new double[] {10, 0, 10, 0}, .2))
        .containsExactly(new RankedPair(0, 3, 10, .2), new RankedPair(2, 1, 10, .2));
    assertThat(OrdinalPairs.of(new double[] {0, 5, 15}, .1))
        .containsExactly(new RankedPair(2, 0, 15, .1));
  }

  @Test
  void makesNoPairOfEqualPurchases() {
    assertThat(OrdinalPairs.of(new double[] {.1 + .2, .3, .3}, .2)).isEmpty();
    assertThat(OrdinalPairs.of(new double[] {4}, .2)).isEmpty();
  }

  @Test
  void refusesALabelThatIsAsLikelyWrongAsRight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RankedPair(0, 1, 1, .5))
        .withMessageContaining("expected in [0, 0.5)");
  }
}
