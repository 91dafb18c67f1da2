package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.jobs.fixtures.Records;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.RewardConfig;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitConfigsTest {
  private static final RewardConfig FIRST = config(100, 1);

  private TwoInputStreamOperatorTestHarness<SourceRecord, SourceRecord, RewardConfig> harness;
  private long offset;

  @BeforeEach
  void open() throws Exception {
    AvroTypes.register();
    harness = create();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void admitsWhatBeginsAheadOfEventTimeAndRefusesTheRest() throws Exception {
    harness.processWatermark2(new Watermark(500));

    write(config(501, 2));
    write(config(500, 3));

    assertThat(admitted()).containsExactly(config(501, 2));
    DeadLetter letter = letters().get(0);
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.STALE_CONFIG);
    assertThat(letter.getDetail()).contains("event time has reached", "expected later");
    assertThat(Records.READERS.get().configs().apply(letter.getPayload().array()))
        .isEqualTo(config(500, 3));
  }

  @Test
  void refusesASecondConfigurationOfTheSameInstantUnlessItIsTheSame() throws Exception {
    write(config(600, 2));
    write(config(600, 2));
    write(config(600, 3));
    write(FIRST);
    write(config(99, 4));

    assertThat(admitted()).containsExactly(config(600, 2));
    assertThat(letters()).hasSize(2);
  }

  @Test
  void remembersAcrossARestartWhatItAdmittedAndHowFarEventTimeWas() throws Exception {
    harness.processWatermark2(new Watermark(500));
    write(config(600, 2));
    OperatorSubtaskState state = harness.snapshot(1, 0);
    harness.close();
    harness = create();
    harness.initializeState(state);
    harness.open();

    write(config(600, 2));
    write(config(400, 3));

    assertThat(admitted()).isEmpty();
    assertThat(letters()).hasSize(1);
  }

  @Test
  void passesOnTheEventTimeOfEventsAlone() throws Exception {
    harness.processWatermark1(new Watermark(Long.MAX_VALUE));
    harness.processWatermark2(new Watermark(500));
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);

    assertThat(harness.getOutput()).containsExactly(new Watermark(500), WatermarkStatus.IDLE);
  }

  private void write(RewardConfig config) throws Exception {
    harness.processElement1(new StreamRecord<>(Records.of(config, offset++)));
  }

  private List<RewardConfig> admitted() {
    return harness.extractOutputValues();
  }

  private List<DeadLetter> letters() {
    var letters = harness.getSideOutput(SideOutputs.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private static TwoInputStreamOperatorTestHarness<SourceRecord, SourceRecord, RewardConfig>
      create() throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        new AdmitConfigs(Records.READERS, List.of(FIRST), () -> PastRun.NONE));
  }

  private static RewardConfig config(long from, double click) {
    return RewardConfig.newBuilder()
        .setEffectiveFrom(Instant.ofEpochMilli(from))
        .setClick(click)
        .build();
  }
}
