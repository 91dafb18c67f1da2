package io.searchloop.search.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureModelTest {
  private static final ExaminationCurve CURVE = ExaminationCurve.of(1, .5, .25, .2);

  @Test
  void twoListsTakeTurnsAtBeingFirst() {
    TeamLists lists = TeamLists.truncate(List.of(List.of("a", "b"), List.of("c", "d")), 2);

    Exposure exposure = new ExposureModel(CURVE).of(lists);

    // a and c share places one and two, b and d three and four.
    assertThat(exposure.expected)
        .containsExactly(new double[] {.75, .225, .75, .225}, within(1e-7));
    assertThat(exposure.largestRelativeError()).isZero();
  }

  @Test
  void productThatBothListsWantIsShownEarlier() {
    TeamLists lists = TeamLists.truncate(List.of(List.of("a", "b"), List.of("a", "c")), 2);

    Exposure exposure = new ExposureModel(CURVE).of(lists);

    // a is always first; b or c follows with equal chances, then the other.
    assertThat(exposure.expected).containsExactly(new double[] {1, .375, .375}, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void exactExposureIsThatOfEveryOrderOfTheTeams(long seed) {
    TeamLists lists = overlapping(3, 3, 6, seed);

    Exposure exposure = new ExposureModel(CURVE).of(lists);

    assertThat(exposure.expected).containsExactly(EveryOrder.exposure(lists, CURVE), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sampledExposureAgreesWithTheExactOneWithinItsError(long seed) {
    TeamLists lists = overlapping(5, 4, 12, seed);
    ExaminationCurve curve = ExaminationCurve.logarithmic(20);
    double[] exact = new ExposureModel(curve).exact(lists).orElseThrow().expected;

    Exposure sampled = new ExposureModel(curve, 1000, 0).of(lists);

    assertThat(sampled.largestRelativeError()).isBetween(1e-4, .02);
    for (int product = 0; product < exact.length; product++) {
      assertThat(sampled.expected[product])
          .isCloseTo(exact[product], within(4.5 * sampled.standardErrors[product] + 1e-6));
    }
  }

  @Test
  void samplesWhenThereAreTooManyStates() {
    TeamLists lists = overlapping(4, 4, 16, 1);
    ExposureModel model = new ExposureModel(CURVE, 200, 10);

    assertThat(model.exact(lists)).isEmpty();
    assertThat(model.of(lists).largestRelativeError()).isPositive();
  }

  @Test
  void pagesOfServingSizeHaveFewStates() {
    for (long seed = 0; seed < 50; seed++) {
      int pool = 4 + (int) seed % 17;
      assertThat(new ExposureModel(CURVE, 2, 400).exact(overlapping(5, 4, pool, seed))).isPresent();
    }
  }

  @Test
  void refusesASampleWithoutAnError() {
    assertThatThrownBy(() -> new ExposureModel(CURVE, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 merges");
  }

  /** Lists of random products out of a small pool. */
  private static TeamLists overlapping(int teams, int depth, int pool, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> lists =
        IntStream.range(0, teams)
            .mapToObj(
                team ->
                    random
                        .ints(0, pool)
                        .distinct()
                        .limit(depth)
                        .mapToObj(product -> "p" + product)
                        .toList())
            .toList();
    return TeamLists.truncate(lists, depth);
  }
}
