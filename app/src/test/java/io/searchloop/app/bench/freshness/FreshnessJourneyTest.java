package io.searchloop.app.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.bench.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessJourneyTest {
  @Test
  void stagesAddUpToTheWholeWayAndWaitsAreNotTheMachinerys() {
    FreshnessJourney way =
        FreshnessJourney.through(
            at(0), at(1), at(9), at(11), at(20), at(21), at(22), at(22), at(25), at(26), at(27),
            at(28));

    assertThat(way.total()).isEqualTo(Duration.ofSeconds(28));
    assertThat(way.stages().get(FreshnessStage.ATTRIBUTION_WAIT)).isEqualTo(Duration.ofSeconds(8));
    assertThat(way.stages().get(FreshnessStage.MINIBATCH_FILL)).isEqualTo(Duration.ofSeconds(9));
    assertThat(way.machinery()).isEqualTo(Duration.ofSeconds(28 - 8 - 9));
  }

  @Test
  void aStageThatEndedBeforeTheOneBeforeTookNoTime() {
    FreshnessJourney way =
        FreshnessJourney.through(
            at(0), at(3), at(2), at(4), at(4), at(4), at(4), at(4), at(4), at(4), at(4), at(5));

    assertThat(way.stages().get(FreshnessStage.ATTRIBUTION_WAIT)).isZero();
    assertThat(way.stages().get(FreshnessStage.REWARD)).isEqualTo(Duration.ofSeconds(1));
    assertThat(way.total()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void namesAWrongNumberOfStages() {
    assertThatThrownBy(() -> FreshnessJourney.through(at(0), at(1)))
        .hasMessageContaining("1 ends of stages, expected 11");
  }

  @Test
  void percentilesAreNearestRanks() {
    Latency latency = Latency.of(List.of(seconds(4), seconds(1), seconds(3), seconds(2)));

    assertThat(latency).isEqualTo(new Latency(4, 2, 4, 4, 4, 4));
    assertThatThrownBy(() -> Latency.of(List.of())).hasMessageContaining("No duration");
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
