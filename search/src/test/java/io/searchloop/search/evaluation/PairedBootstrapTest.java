package io.searchloop.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  @Test
  void constantDifferenceHasNoWidth() {
    Interval interval =
        PairedBootstrap.difference(
            new double[] {.5, .75, 1}, new double[] {.25, .5, .75}, 200, new Random(1));

    assertThat(interval).isEqualTo(new Interval(.25, .25, .25));
    assertThat(interval.excludesZero()).isTrue();
  }

  @Test
  void agreesWithTheNormalIntervalOnManyPairs() {
    Random random = new Random(2);
    double[] baseline = random.doubles(2_000).toArray();
    double[] noise = random.doubles(2_000, -.5, .5).toArray();
    double[] better = new double[2_000];
    Arrays.setAll(better, i -> baseline[i] + noise[i] + .05);
    double[] differences = new double[2_000];
    Arrays.setAll(differences, i -> better[i] - baseline[i]);
    Interval normal = MeanInterval.of(differences);

    Interval interval = PairedBootstrap.difference(better, baseline, 2_000, new Random(3));

    assertThat(interval.mean()).isCloseTo(normal.mean(), within(1e-12));
    assertThat(interval.low()).isCloseTo(normal.low(), within(.002));
    assertThat(interval.high()).isCloseTo(normal.high(), within(.002));
  }

  @Test
  void equalSeedsGiveEqualIntervals() {
    double[] a = new Random(4).doubles(50).toArray();
    double[] b = new Random(5).doubles(50).toArray();

    assertThat(PairedBootstrap.difference(a, b, 500, new Random(6)))
        .isEqualTo(PairedBootstrap.difference(a, b, 500, new Random(6)))
        .isNotEqualTo(PairedBootstrap.difference(a, b, 500, new Random(7)));
  }

  @Test
  void clustersOfOneObservationAreAnOrdinaryComparison() {
    double[] a = new Random(4).doubles(50).toArray();
    double[] b = new Random(5).doubles(50).toArray();
    double[] differences = new double[50];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    double[] ones = new double[50];
    Arrays.fill(ones, 1);

    Interval clustered = PairedBootstrap.clustered(differences, ones, 500, new Random(6));

    Interval pairs = PairedBootstrap.difference(a, b, 500, new Random(6));
    assertThat(clustered.mean()).isCloseTo(pairs.mean(), within(1e-12));
    assertThat(clustered.low()).isCloseTo(pairs.low(), within(1e-12));
    assertThat(clustered.high()).isCloseTo(pairs.high(), within(1e-12));
  }

  @Test
  void drawsAClusterWithAllItHolds() {
    Interval interval =
        PairedBootstrap.clustered(new double[] {3, 0}, new double[] {10, 2}, 500, new Random(6));

    assertThat(interval.mean()).isCloseTo(.25, within(1e-12));
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isCloseTo(.3, within(1e-12));
  }

  @Test
  void refusesUnequalLengths() {
    assertThatThrownBy(
            () -> PairedBootstrap.difference(new double[2], new double[3], 500, new Random(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 3 values");
  }

  @Test
  void refusesTooFewResamples() {
    assertThatThrownBy(
            () -> PairedBootstrap.difference(new double[2], new double[2], 99, new Random(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99 resamples");
  }

  @Test
  void percentilesOfResamplesAreLinearBetweenNeighbours() {
    double[] resampled = {40, 0, 30, 10, 20};

    Interval interval = Interval.percentile(20, resampled);

    assertThat(interval.low()).isCloseTo(1, within(1e-9));
    assertThat(interval.high()).isCloseTo(39, within(1e-9));
    assertThat(resampled).as("stay as they were").startsWith(40, 0);
  }
}
