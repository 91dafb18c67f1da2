package io.searchloop.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.schemas.Ledger;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerOperatorTest {
  private OneInputStreamOperatorTestHarness<LedgerEntry, Ledger> harness;

  @BeforeEach
  void open() throws Exception {
    AvroTypes.register();
    harness = new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward"));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void statesEachPartitionBeforeTheBarrier() throws Exception {
    mark(0, 5, LedgerMark.READ, LedgerMark.HELD, LedgerMark.RELEASED, LedgerMark.JOINED);
    mark(0, 6, LedgerMark.READ, LedgerMark.HELD);
    mark(1, 0, LedgerMark.READ, LedgerMark.DEAD_LETTER);
    harness.processWatermark(77);

    List<Ledger> stated = checkpoint(3);

    assertThat(stated).hasSize(2);
    Ledger first = stated.stream().filter(l -> l.getPartition() == 0).findFirst().orElseThrow();
    assertThat(first)
        .isEqualTo(
            Ledger.newBuilder()
                .setJob("reward")
                .setCheckpointId(3)
                .setTopic("events")
                .setPartition(0)
                .setNextOffset(7)
                .setAccepted(2)
                .setJoined(1)
                .setPending(1)
                .setWatermark(77)
                .setCounters(Map.of("unsupported_mode", 0L))
                .build());
  }

  @Test
  void continuesCountsAndWatermarkAfterARestore() throws Exception {
    mark(0, 0, LedgerMark.READ, LedgerMark.HELD);
    mark(0, 1, LedgerMark.READ, LedgerMark.LATE, LedgerMark.UNSUPPORTED_MODE);
    harness.processWatermark(500);
    OperatorSubtaskState state = harness.snapshot(1, 0);
    harness.close();
    harness = new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward"));
    harness.initializeState(state);
    harness.open();
    mark(0, 0, LedgerMark.RELEASED, LedgerMark.DANGLING);

    Ledger ledger = checkpoint(2).get(0);

    assertThat(ledger.getNextOffset()).isEqualTo(2);
    assertThat(ledger.getAccepted()).isEqualTo(2);
    assertThat(ledger.getLate()).isEqualTo(1);
    assertThat(ledger.getDangling()).isEqualTo(1);
    assertThat(ledger.getPending()).isZero();
    assertThat(ledger.getWatermark()).isEqualTo(500);
    assertThat(ledger.getCounters()).containsEntry("unsupported_mode", 1L);
  }

  private void mark(int partition, long offset, LedgerMark... marks) throws Exception {
    for (LedgerMark mark : marks) {
      harness.processElement(new LedgerEntry("events", partition, offset, mark), 0);
    }
  }

  private List<Ledger> checkpoint(long id) throws Exception {
    harness.getOutput().clear();
    harness.prepareSnapshotPreBarrier(id);
    return harness.extractOutputValues();
  }
}
