package io.searchloop.jobs.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Ledger;
import org.junit.jupiter.api.Test;

class PastProgressTest {
  private final PastProgress.Collector ledger = new PastProgress.Collector();

  @Test
  void whileARecordIsUnreadEventTimeStaysWhereItWasBeforeIt() {
    checkpoint(1, 10, 4, 99);
    checkpoint(2, 25, 4, 199);
    PastProgress progress = ledger.progress();

    assertThat(progress.atMost("events", 0, 9)).isEqualTo(Long.MIN_VALUE);
    assertThat(progress.atMost("events", 0, 10)).isEqualTo(99);
    assertThat(progress.atMost("events", 0, 24)).isEqualTo(99);
    assertThat(progress.atMost("events", 0, 25)).isEqualTo(Long.MAX_VALUE);
    assertThat(progress.atMost("events", 1, 4)).isEqualTo(Long.MAX_VALUE);
    assertThat(progress.atMost("decisions", 0, 0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRunThatReadAllOfItAgainDoesNotFollowUponTheOneBefore() {
    checkpoint(1, 10, 4, 99);
    checkpoint(2, 25, 8, 199);
    checkpoint(4, 12, 6, 49);
    checkpoint(5, 30, 9, 299);
    PastProgress progress = ledger.progress();

    assertThat(progress.atMost("events", 0, 11)).isEqualTo(Long.MIN_VALUE);
    assertThat(progress.atMost("events", 0, 12)).isEqualTo(99);
    assertThat(progress.atMost("events", 0, 26)).isEqualTo(49);
  }

  /** A month of them must fit into memory. */
  @Test
  void checkpointsOfOneMinuteAreOneIntervalUnderTheEarliestWatermark() {
    for (int id = 1; id <= 600; id++) {
      checkpoint(id, 10L * id, 4, 1_000L * id);
    }
    PastProgress progress = ledger.progress();

    assertThat(progress.atMost("events", 0, 9)).isEqualTo(Long.MIN_VALUE);
    assertThat(progress.atMost("events", 0, 10)).isEqualTo(1_000);
    assertThat(progress.atMost("events", 0, 600)).isEqualTo(1_000);
    assertThat(progress.atMost("events", 0, 610)).isEqualTo(61_000);
    assertThat(progress.atMost("events", 0, 5_999)).isBetween(539_000L, 599_000L);
    assertThat(progress.atMost("events", 0, 6_000)).isEqualTo(Long.MAX_VALUE);
    assertThat(progress.intervals()).isLessThan(30);
  }

  private void checkpoint(long id, long first, long second, long watermark) {
    long[] next = {first, second};
    for (int partition = 0; partition < next.length; partition++) {
      ledger.add(
          Ledger.newBuilder()
              .setCheckpointId(id)
              .setTopic("events")
              .setPartition(partition)
              .setNextOffset(next[partition])
              .setWatermark(watermark)
              .build());
    }
  }
}
