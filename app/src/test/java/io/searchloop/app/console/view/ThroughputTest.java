package io.searchloop.app.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final Throughput throughput = new Throughput();

  @Test
  void knowsNoRateBeforeTwoSamples() {
    throughput.sample(START, 500);

    assertThat(throughput.perSecond()).isZero();
    assertThat(throughput.history()).isEmpty();
  }

  @Test
  void isTheRateOfTheLastTenSeconds() {
    throughput.sample(START, 0);
    throughput.sample(START.plusSeconds(10), 1_000);
    throughput.sample(START.plusSeconds(20), 1_200);

    assertThat(throughput.perSecond()).isEqualTo(20);
    assertThat(throughput.history()).containsExactly(100.0, 20.0);
  }

  @Test
  void keepsAMinute() {
    for (int second = 0; second < 100; second++) {
      throughput.sample(START.plusSeconds(second), second);
    }

    assertThat(throughput.history()).hasSize(60).containsOnly(1.0);
  }
}
