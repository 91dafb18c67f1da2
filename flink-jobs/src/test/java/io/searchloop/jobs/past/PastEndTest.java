package io.searchloop.jobs.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Ledger;
import org.junit.jupiter.api.Test;

class PastEndTest {
  private final PastEnd.Collector ledger = new PastEnd.Collector();

  @Test
  void whatWasNotReadIsBehindTheEnd() {
    entry(0, 25, 199);
    PastEnd end = ledger.end();

    assertThat(end.watermarkBefore("events", 0, 24)).isEqualTo(Long.MIN_VALUE);
    assertThat(end.watermarkBefore("events", 0, 25)).isEqualTo(199);
    assertThat(end.watermarkBefore("events", 1, 0)).isEqualTo(199);
    assertThat(end.watermarkBefore("decisions", 0, 24)).isEqualTo(199);
  }

  @Test
  void aRunThatHadNotCaughtUpIsNotTheEnd() {
    entry(0, 25, 199);
    entry(0, 12, 49);
    PastEnd end = ledger.end();

    assertThat(end.watermark()).isEqualTo(199);
    assertThat(end.watermarkBefore("events", 0, 24)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void theEndOfTimeIsNoProgress() {
    entry(0, 25, 199);
    entry(0, 26, Long.MAX_VALUE);

    assertThat(ledger.end().watermark()).isEqualTo(199);
  }

  @Test
  void whereNothingRanNothingIsBehind() {
    assertThat(ledger.end().watermarkBefore("events", 0, 0)).isEqualTo(Long.MIN_VALUE);
  }

  private void entry(int partition, long next, long watermark) {
    ledger.add(
        Ledger.newBuilder()
            .setTopic("events")
            .setPartition(partition)
            .setNextOffset(next)
            .setWatermark(watermark)
            .build());
  }
}
