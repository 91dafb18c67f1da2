package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * How records move event time: a partition's watermark follows its latest record by the allowed
 * lateness, in ticks. A record's own timestamp counts only as far as the broker's clock has come.
 */
final class EventTime implements WatermarkGenerator<SourceRecord> {
  private static final Duration LOOK_AT_LEADS = Duration.ofMillis(200);

  private final Ticks ticks;
  private final long latenessMs;
  private long latest = Long.MIN_VALUE;

  private EventTime(Ticks ticks, long latenessMs) {
    this.ticks = ticks;
    this.latenessMs = latenessMs;
  }

  /** Event time of decisions and events; they are read side by side. */
  static WatermarkStrategy<SourceRecord> following(
      Ticks ticks, long latenessMs, AttributionConfig config) {
    return WatermarkStrategy.<SourceRecord>forGenerator(context -> new EventTime(ticks, latenessMs))
        .withTimestampAssigner((record, ignored) -> record.eventTime())
        .withIdleness(config.idleTimeout())
        .withWatermarkAlignment("attribution", config.maxLead(), LOOK_AT_LEADS);
  }

  @Override
  public void onEvent(SourceRecord record, long time, WatermarkOutput output) {
    latest = Math.max(latest, record.progress());
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (latest > Long.MIN_VALUE + latenessMs) {
      output.emitWatermark(new Watermark(ticks.watermark(latest - latenessMs - 1)));
    }
  }
}
