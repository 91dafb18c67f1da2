package io.searchloop.learning.preference;

import static io.searchloop.learning.preference.RewardLevels.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewardLevelsTest {
  private final PairAdmission admission = new PairAdmission(5, .8, .05, 1);

  @Test
  void putsWhatCannotBeToldApartOnOneLevel() {
    RewardLevels levels = levels(earning(0, 20), earning(1, 20), earning(.02, 20), earning(.5, 20));

    assertThat(levelsOf(levels, 4)).containsExactly(2, 0, 2, 1);
    assertThat(levels.count()).isEqualTo(3);
    assertThat(levels.bestFirst()).containsExactly(1, 3, 2, 0);
  }

  @Test
  void leavesARewriteBetweenTwoLevelsUndecided() {
    // Five impressions have a variance of the mean of 1/25: a margin of .15 is noise, of .3 is not.
    RewardLevels levels = levels(earning(.3, 5), earning(.15, 5), earning(0, 5));

    assertThat(levelsOf(levels, 3)).containsExactly(0, UNDECIDED, 1);
  }

  @Test
  void leavesRewritesWithTooFewImpressionsUndecided() {
    RewardLevels levels = levels(earning(1, 20), earning(0, 4), earning(0, 20));

    assertThat(levelsOf(levels, 3)).containsExactly(0, UNDECIDED, 1);
  }

  @Test
  void knowsOneLevelWhenNothingDiffersAndNoneWithoutRewrites() {
    assertThat(levels(earning(1, 20), earning(1, 20)).count()).isEqualTo(1);
    assertThat(levels().count()).isZero();
  }

  @Test
  void tellsAnyTwoRewritesOfDifferentLevelsApartInTheRightDirection() {
    Random random = new Random(11);
    int crossings = 0;
    for (int round = 0; round < 500; round++) {
      List<RewardStatistics> rewrites = randomRewrites(random);
      RewardLevels levels = RewardLevels.of(admission, rewrites);
      for (int i = 0; i < rewrites.size(); i++) {
        for (int j = 0; j < rewrites.size(); j++) {
          if (levels.of(i) != UNDECIDED && levels.of(j) > levels.of(i)) {
            crossings++;
            assertThat(admission.judge(rewrites.get(i), rewrites.get(j)))
                .hasValueSatisfying(found -> assertThat(found.firstPreferred()).isTrue());
          }
        }
      }
      assertThat(levels.bestFirst()).extracting(levels::of).isSorted();
    }
    assertThat(crossings).isGreaterThan(1_000);
  }

  static List<RewardStatistics> randomRewrites(Random random) {
    List<RewardStatistics> rewrites = new ArrayList<>();
    for (int i = 2 + random.nextInt(7); i > 0; i--) {
      int count = 1 + random.nextInt(40);
      rewrites.add(new RewardStatistics(count, random.nextInt(10) / 5., count * random.nextInt(3)));
    }
    return rewrites;
  }

  static RewardStatistics earning(double reward, int impressions) {
    return new RewardStatistics(impressions, reward, 0);
  }

  private RewardLevels levels(RewardStatistics... rewrites) {
    return RewardLevels.of(admission, List.of(rewrites));
  }

  private static int[] levelsOf(RewardLevels levels, int rewrites) {
    return IntStream.range(0, rewrites).map(levels::of).toArray();
  }
}
