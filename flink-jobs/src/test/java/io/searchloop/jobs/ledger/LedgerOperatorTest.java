package io.searchloop.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.schemas.Ledger;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerOperatorTest {
  private OneInputStreamOperatorTestHarness<LedgerCounts, Ledger> harness;

  @BeforeEach
  void open() throws Exception {
    AvroTypes.register();
    harness =
        new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward", () -> PastRun.NONE));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void statesEachPartitionBeforeTheBarrier() throws Exception {
    count(0, 6, LedgerMark.READ, LedgerMark.JOINED);
    count(0, 7, LedgerMark.READ);
    count(1, 1, LedgerMark.READ, LedgerMark.DEAD_LETTER);
    harness.processWatermark(77);

    List<Ledger> stated = checkpoint(3);

    assertThat(stated).hasSize(2);
    Ledger first = stated.stream().filter(l -> l.getPartition() == 0).findFirst().orElseThrow();
    assertThat(first.getJob()).isEqualTo("reward");
    assertThat(first.getCheckpointId()).isEqualTo(3);
    assertThat(first.getNextOffset()).isEqualTo(7);
    assertThat(first.getAccepted()).isEqualTo(2);
    assertThat(first.getJoined()).isEqualTo(1);
    assertThat(first.getPending()).isEqualTo(1);
    assertThat(first.getWatermark()).isEqualTo(77);
    assertThat(first.getCounters()).containsEntry("verdict", 0L);
  }

  @Test
  void withoutStateItGoesOnNumberingWhereTheLedgerEnds() throws Exception {
    harness.close();
    harness = new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward", Earlier::new));
    harness.open();
    count(0, 1, LedgerMark.READ);
    assertThat(checkpoint(1).get(0).getCheckpointId()).isEqualTo(42);
    OperatorSubtaskState state = harness.snapshot(2, 0);
    harness.close();
    harness =
        new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward", () -> PastRun.NONE));
    harness.initializeState(state);
    harness.open();

    assertThat(checkpoint(3).get(0).getCheckpointId()).isEqualTo(44);
  }

  @Test
  void continuesCountsAndWatermarkAfterARestore() throws Exception {
    count(0, 1, LedgerMark.READ);
    count(0, 2, LedgerMark.READ, LedgerMark.LATE, LedgerMark.UNSUPPORTED_MODE);
    harness.processWatermark(500);
    OperatorSubtaskState state = harness.snapshot(1, 0);
    harness.close();
    harness =
        new OneInputStreamOperatorTestHarness<>(new LedgerOperator("reward", () -> PastRun.NONE));
    harness.initializeState(state);
    harness.open();
    count(0, 0, LedgerMark.DANGLING);

    Ledger ledger = checkpoint(2).get(0);

    assertThat(ledger.getNextOffset()).isEqualTo(2);
    assertThat(ledger.getAccepted()).isEqualTo(2);
    assertThat(ledger.getLate()).isEqualTo(1);
    assertThat(ledger.getDangling()).isEqualTo(1);
    assertThat(ledger.getPending()).isZero();
    assertThat(ledger.getWatermark()).isEqualTo(500);
    assertThat(ledger.getCounters()).containsEntry("unsupported_mode", 1L);
  }

  private void count(int partition, long nextOffset, LedgerMark... marks) throws Exception {
    long[] counts = new long[LedgerMark.values().length];
    for (LedgerMark mark : marks) {
      counts[mark.ordinal()]++;
    }
    harness.processElement(new LedgerCounts("events", partition, nextOffset, counts), 0);
  }

  private List<Ledger> checkpoint(long id) throws Exception {
    harness.getOutput().clear();
    harness.prepareSnapshotPreBarrier(id);
    return harness.extractOutputValues();
  }

  /** A run that had come to its fortieth checkpoint. */
  private static final class Earlier implements PastRun {
    @Override
    public long lastCheckpoint() {
      return 40;
    }
  }
}
