package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.intake.RawRecord;
import io.searchloop.jobs.intake.RecordDecoder;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastProgress;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class EventTimeTest {
  private static final Ticks TICKS = new Ticks(20);
  private static final long LATENESS_MS = 50;

  private final Events log = new Events();
  private final ManualClock clock = new ManualClock();
  private final Output output = new Output();
  private WatermarkGenerator<SourceRecord> generator = after(PastProgress.NONE);

  /** What a partition told the operators behind it. */
  private static final class Output implements WatermarkOutput {
    final List<Long> watermarks = new ArrayList<>();
    boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      idle = false;
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

  private final class Context implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }

  @Test
  void followsTheLatestRecordByTheLatenessInTicks() {
    receive(log.event("click", "q", "p", 1_000));
    receive(log.event("click", "q", "p", 900));

    // 1000 - 50 - 1 = 949, and the tick below ends at 939.
    assertThat(output.watermarks).last().isEqualTo(939L);
  }

  @Test
  void futureTimestampsMoveItOnlyAsFarAsTheBrokersClock() {
    SourceRecord ahead = log.event("click", "q", "p", 3_600_000);
    receive(
        new SourceRecord(
            ahead.kind(),
            ahead.topic(),
            ahead.partition(),
            ahead.offset(),
            ahead.visitor(),
            ahead.eventTime(),
            1_000,
            ahead.key(),
            ahead.value(),
            ahead.facts(),
            null));

    assertThat(output.watermarks).last().isEqualTo(939L);
  }

  @Test
  void noPartitionIsReadFarAheadOfTheSlowest() {
    AttributionConfig config = ConfigBinder.defaults(AttributionConfig.class);

    var alignment =
        EventTime.following(TICKS, LATENESS_MS, config, () -> PastProgress.NONE)
            .getAlignmentParameters();

    assertThat(alignment.isEnabled()).isTrue();
    assertThat(alignment.getMaxAllowedWatermarkDrift()).isEqualTo(config.maxLead().toMillis());
  }

  @Test
  void anIdlePartitionLetsGoUntilItSpeaksAgain() {
    receive(log.event("click", "q", "p", 1_000));
    silent(Duration.ofSeconds(4));
    assertThat(output.idle).isFalse();
    silent(Duration.ofSeconds(2));
    assertThat(output.idle).isTrue();

    receive(log.event("click", "q", "p", 2_000));

    assertThat(output.idle).isFalse();
    assertThat(output.watermarks).last().isEqualTo(1939L);
  }

  @Test
  void aPartitionThatMayHoldRecordsReadBeforeIsWaitedForLonger() {
    generator = after(firstRecordReadBefore());
    silent(Duration.ofSeconds(50));
    assertThat(output.idle).isFalse();

    silent(Duration.ofSeconds(11));

    assertThat(output.idle).isTrue();
  }

  @Test
  void aPartitionWhoseRecordsAreAllReadAgainMayBeSilent() {
    generator = after(firstRecordReadBefore());
    receive(log.event("click", "q", "p", 1_000));
    assertThat(output.watermarks).last().isEqualTo(939L);

    silent(Duration.ofSeconds(6));

    assertThat(output.idle).isTrue();
  }

  @Test
  void oneSilentProducerDoesNotStallAPartitionThatOthersWriteTo() {
    receive(log.event("click", "q", "of the producer that falls silent", 1_000));
    receive(log.event("click", "q", "of another", 9_000));

    assertThat(output.watermarks).last().isEqualTo(8939L);
  }

  @Test
  void refusedRecordsMoveNothingAndHoldNobodyBack() {
    silent(Duration.ofSeconds(4));
    receive(refused());
    assertThat(output.watermarks).isEmpty();

    silent(Duration.ofSeconds(2));

    assertThat(output.idle).isTrue();
  }

  private SourceRecord refused() {
    return RecordDecoder.ofEvents(
            bytes -> {
              throw new UndecodableRecordException(DeadLetterReason.MALFORMED, "bad", null);
            })
        .decode(new RawRecord("events", 0, 0, 1_000, new byte[0], new byte[] {1}));
  }

  @Test
  void everyInstantIsReachedByTheNextTick() {
    for (long time = -45; time < 45; time++) {
      long tick = TICKS.reaching(time);
      assertThat(tick).isBetween(time, time + 19);
      assertThat(TICKS.watermark(tick)).isEqualTo(tick);
    }
  }

  private WatermarkGenerator<SourceRecord> after(PastProgress past) {
    return EventTime.following(
            TICKS, LATENESS_MS, ConfigBinder.defaults(AttributionConfig.class), () -> past)
        .createWatermarkGenerator(new Context());
  }

  private static PastProgress firstRecordReadBefore() {
    PastProgress.Collector past = new PastProgress.Collector();
    past.add(
        Ledger.newBuilder()
            .setCheckpointId(1)
            .setTopic("events")
            .setPartition(0)
            .setNextOffset(1)
            .setWatermark(939)
            .build());
    return past.progress();
  }

  /** Looks before and after, as Flink does all the time. */
  private void silent(Duration time) {
    generator.onPeriodicEmit(output);
    clock.advanceTime(time);
    generator.onPeriodicEmit(output);
  }

  private void receive(SourceRecord record) {
    generator.onEvent(record, record.eventTime(), output);
    generator.onPeriodicEmit(output);
  }
}
