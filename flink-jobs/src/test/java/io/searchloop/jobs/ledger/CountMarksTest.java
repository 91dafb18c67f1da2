package io.searchloop.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CountMarksTest {
  @Test
  void sendsTheSumsOfEachPartitionOnceBeforeABarrier() throws Exception {
    try (OneInputStreamOperatorTestHarness<LedgerEntry, LedgerCounts> harness = harness()) {
      harness.processElement(new LedgerEntry("events", 0, 4, LedgerMark.READ), 0);
      harness.processElement(new LedgerEntry("events", 1, 9, LedgerMark.READ), 0);
      harness.processElement(new LedgerEntry("events", 0, 5, LedgerMark.READ), 0);
      harness.processElement(new LedgerEntry("events", 0, 5, LedgerMark.JOINED), 0);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.prepareSnapshotPreBarrier(1);
      List<LedgerCounts> sums = harness.extractOutputValues();
      harness.prepareSnapshotPreBarrier(2);

      assertThat(harness.extractOutputValues()).hasSize(2);
      LedgerCounts first = sums.stream().filter(c -> c.partition() == 0).findFirst().orElseThrow();
      assertThat(first.nextOffset()).isEqualTo(6);
      assertThat(first.counts()[LedgerMark.READ.ordinal()]).isEqualTo(2);
      assertThat(first.counts()[LedgerMark.JOINED.ordinal()]).isEqualTo(1);
    }
  }

  private static OneInputStreamOperatorTestHarness<LedgerEntry, LedgerCounts> harness()
      throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(new CountMarks());
    harness.setup(
        TypeInformation.of(LedgerCounts.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.open();
    return harness;
  }
}
