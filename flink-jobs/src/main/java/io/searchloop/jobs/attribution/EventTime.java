package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastProgress;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * How records move event time: a partition's watermark follows its latest record by the allowed
 * lateness, in ticks. A record's own timestamp counts only as far as the broker's clock has come.
 * While records are read that an earlier run has read, it goes no further than it had come then, so
 * that what was in time is in time again.
 */
final class EventTime implements WatermarkGenerator<SourceRecord> {
  private static final Duration LOOK_AT_LEADS = Duration.ofMillis(200);

  private final Ticks ticks;
  private final long latenessMs;
  private final SerializableSupplier<PastProgress> past;
  private long latest = Long.MIN_VALUE;
  private long atMost = Long.MAX_VALUE;

  private EventTime(Ticks ticks, long latenessMs, SerializableSupplier<PastProgress> past) {
    this.ticks = ticks;
    this.latenessMs = latenessMs;
    this.past = past;
  }

  /** Event time of decisions and events; they are read side by side. */
  static WatermarkStrategy<SourceRecord> following(
      Ticks ticks,
      long latenessMs,
      AttributionConfig config,
      SerializableSupplier<PastProgress> past) {
    return WatermarkStrategy.<SourceRecord>forGenerator(
            context -> new EventTime(ticks, latenessMs, past))
        .withTimestampAssigner((record, ignored) -> record.eventTime())
        .withIdleness(config.idleTimeout())
        .withWatermarkAlignment("attribution", config.maxLead(), LOOK_AT_LEADS);
  }

  @Override
  public void onEvent(SourceRecord record, long time, WatermarkOutput output) {
    latest = Math.max(latest, record.progress());
    atMost = past.get().atMost(record.topic(), record.partition(), record.offset() + 1);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (latest > Long.MIN_VALUE + latenessMs && atMost > Long.MIN_VALUE) {
      long reached = ticks.watermark(latest - latenessMs - 1);
      output.emitWatermark(new Watermark(Math.min(reached, atMost)));
    }
  }
}
