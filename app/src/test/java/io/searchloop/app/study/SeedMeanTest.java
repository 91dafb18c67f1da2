package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedMeanTest {
  @Test
  void pullsBothEndsTowardsTheMeanByTheRootOfSquares() {
    Interval mean = SeedMean.of(List.of(new Interval(.02, .01, .04), new Interval(.04, .03, .06)));

    assertThat(mean.mean()).isCloseTo(.03, within(1e-12));
    assertThat(mean.low()).isCloseTo(.0229, within(1e-4));
    assertThat(mean.high()).isCloseTo(.0441, within(1e-4));
  }

  @Test
  void oneSeedKeepsItsInterval() {
    Interval lopsided = new Interval(.0073, .0011, .0159);

    Interval mean = SeedMean.of(List.of(lopsided));

    assertThat(mean.low()).isCloseTo(lopsided.low(), within(1e-12));
    assertThat(mean.high()).isCloseTo(lopsided.high(), within(1e-12));
  }
}
