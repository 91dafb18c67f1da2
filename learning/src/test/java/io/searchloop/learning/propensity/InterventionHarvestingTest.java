package io.searchloop.learning.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterventionHarvestingTest {
  private static final double[] EXAMINATION =
      IntStream.rangeClosed(1, 10).mapToDouble(k -> Math.pow(k, -.8)).toArray();
  private static final int SEEDS = 20;

  @Test
  void recoversTheCurveWithinItsOwnIntervals() {
    int covered = 0;
    double largestError = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      PositionBias bias = harvest(LoggedClicks.simulate(300, EXAMINATION, seed));
      for (int k = 1; k < EXAMINATION.length; k++) {
        PositionBias.Position position = bias.positions().get(k);
        covered += position.low() <= EXAMINATION[k] && EXAMINATION[k] <= position.high() ? 1 : 0;
        largestError = Math.max(largestError, Math.abs(position.value() / EXAMINATION[k] - 1));
      }
    }

    assertThat(covered / (SEEDS * 9.0)).as("coverage of 95 %% intervals").isBetween(.9, .99);
    assertThat(largestError).isLessThan(.25);
  }

  @Test
  void clickRatesByPositionAreNotTheCurve() {
    List<PositionClicks> log = LoggedClicks.simulate(300, EXAMINATION, 1);
    PositionBias bias = harvest(log);

    for (int k = 1; k < EXAMINATION.length; k++) {
      double naive = clickRate(log, k + 1) / clickRate(log, 1);
      assertThat(naive).isLessThan(bias.positions().get(k).low());
      assertThat(naive / EXAMINATION[k] - 1).isLessThan(-.15);
    }
  }

  @Test
  void oneProductAtTwoPositionsGivesTheRatioOfItsClickRates() {
    PositionBias bias = harvest(2, repeated(30, clicks(1, 100, 20), clicks(2, 25, 3)));

    assertThat(bias.positions().get(0)).isEqualTo(new PositionBias.Position(1, 0));
    assertThat(bias.positions().get(1).value()).isCloseTo(.6, within(1e-9));
    assertThat(bias.queries()).isEqualTo(30);
  }

  @Test
  void errorIsTheSpreadBetweenQueries() {
    List<PositionClicks> log = new ArrayList<>();
    log.addAll(repeated(50, clicks(1, 100, 20), clicks(2, 100, 20)));
    repeated(50, clicks(1, 100, 20), clicks(2, 100, 10)).stream()
        .map(c -> new PositionClicks("other " + c.query(), "p", c.position(), 100, c.clicks()))
        .forEach(log::add);

    PositionBias.Position second = harvest(2, log).positions().get(1);

    // 1,000 against 750 wins: position two is due 3/7 of the clicks of a pair.
    double information = 1750 * (4 / 7.0) * (3 / 7.0);
    double scores = 50 * Math.pow(10 - 20 * 3 / 7.0, 2) + 50 * Math.pow(5 - 15 * 3 / 7.0, 2);
    assertThat(second.value()).isCloseTo(.75, within(1e-9));
    assertThat(second.logError())
        .isCloseTo(Math.sqrt(scores * 100 / 99) / information, within(1e-9));
    assertThat(second.standardError()).isCloseTo(.75 * second.logError(), within(1e-12));
  }

  @Test
  void chainOfProductsConnectsPositionsThatNeverMet() {
    List<PositionClicks> log = new ArrayList<>();
    log.addAll(repeated(30, clicks(1, 100, 40), clicks(2, 100, 20)));
    repeated(30, clicks(2, 100, 60), clicks(3, 100, 30)).stream()
        .map(c -> new PositionClicks("other " + c.query(), "p", c.position(), 100, c.clicks()))
        .forEach(log::add);

    assertThat(harvest(3, log).curve()).containsExactly(new double[] {1, .5, .25}, within(1e-9));
  }

  @Test
  void doesNotDependOnTheOrderOfTheLog() {
    List<PositionClicks> log = LoggedClicks.simulate(40, EXAMINATION, 3);
    List<PositionClicks> reversed = new ArrayList<>(log);
    Collections.reverse(reversed);

    assertThat(harvest(reversed)).isEqualTo(harvest(log));
  }

  @Test
  void namesPositionsWithoutConnectedEvidence() {
    List<PositionClicks> log =
        repeated(30, clicks(1, 100, 20), clicks(2, 100, 10), clicks(3, 100, 0));

    assertThatThrownBy(() -> harvest(5, log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Positions [3, 4, 5] are not connected");
  }

  @Test
  void refusesFewQueries() {
    assertThatThrownBy(() -> harvest(2, repeated(29, clicks(1, 100, 20), clicks(2, 100, 10))))
        .hasMessageContaining("from 29 queries");
  }

  @Test
  void refusesWhatCannotBeCounted() {
    assertThatThrownBy(() -> new InterventionHarvesting(1)).hasMessageContaining("of 1 positions");
    assertThatThrownBy(() -> clicks(1, 5, 6)).hasMessageContaining("6 clicks on 5");
    assertThatThrownBy(() -> clicks(0, 5, 5)).hasMessageContaining("position 0");
    assertThatThrownBy(() -> harvest(2, repeated(30, clicks(3, 5, 5))))
        .hasMessageContaining("at position 3, expected at most 2");
  }

  private static PositionBias harvest(List<PositionClicks> log) {
    return harvest(EXAMINATION.length, log);
  }

  private static PositionBias harvest(int positions, List<PositionClicks> log) {
    return new InterventionHarvesting(positions).estimate(log.stream());
  }

  private static PositionClicks clicks(int position, long impressions, long clicks) {
    return new PositionClicks("q", "p", position, impressions, clicks);
  }

  private static List<PositionClicks> repeated(int queries, PositionClicks... clicks) {
    return IntStream.range(0, queries)
        .boxed()
        .flatMap(
            query ->
                Stream.of(clicks)
                    .map(
                        c ->
                            new PositionClicks(
                                "q" + query, "p", c.position(), c.impressions(), c.clicks())))
        .toList();
  }

  private static double clickRate(List<PositionClicks> log, int position) {
    List<PositionClicks> there = log.stream().filter(c -> c.position() == position).toList();
    return there.stream().mapToDouble(PositionClicks::clicks).sum()
        / there.stream().mapToDouble(PositionClicks::impressions).sum();
  }
}
