package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastProgress;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * How records move event time: a partition's watermark follows its latest record by the allowed
 * lateness, in ticks. A record's own timestamp counts only as far as the broker's clock has come. A
 * partition that is silent for long no longer holds event time back.
 *
 * <p>While records are read that an earlier run has read, it goes no further than it had come then,
 * so that what was in time is in time again; and silence must last for {@link #PATIENCE}, since a
 * partition that is slow to answer would be passed by with all it holds. Flink's own idleness knows
 * one timeout only.
 */
final class EventTime implements WatermarkGenerator<SourceRecord> {
  /** How long a partition may be silent while it may hold records that were read before. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LOOK_AT_LEADS = Duration.ofMillis(200);

  private final Ticks ticks;
  private final long latenessMs;
  private final Duration idleTimeout;
  private final PastProgress past;
  private final RelativeClock clock;
  private long latest = Long.MIN_VALUE;
  private long atMost;
  private boolean heard = true;
  private long silentSinceNanos;

  /**
   * @param clock stands while the partition is held back, by others or by what comes behind
   */
  private EventTime(
      Ticks ticks, long latenessMs, Duration idleTimeout, PastProgress past, RelativeClock clock) {
    this.ticks = ticks;
    this.latenessMs = latenessMs;
    this.idleTimeout = idleTimeout;
    this.past = past;
    this.clock = clock;
    this.atMost = past.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Event time of decisions and events; they are read side by side. */
  static WatermarkStrategy<SourceRecord> following(
      Ticks ticks,
      long latenessMs,
      AttributionConfig config,
      SerializableSupplier<PastProgress> past) {
    Duration idleTimeout = config.idleTimeout();
    return WatermarkStrategy.<SourceRecord>forGenerator(
            context ->
                new EventTime(
                    ticks, latenessMs, idleTimeout, past.get(), context.getInputActivityClock()))
        .withTimestampAssigner((record, ignored) -> record.eventTime())
        .withWatermarkAlignment("attribution", config.maxLead(), LOOK_AT_LEADS);
  }

  @Override
  public void onEvent(SourceRecord record, long time, WatermarkOutput output) {
    latest = Math.max(latest, record.progress());
    atMost = past.atMost(record.topic(), record.partition(), record.offset() + 1);
    // A partition of nothing but refused records must not hold the others back.
    heard |= record.progress() > Long.MIN_VALUE || mayReadAgain();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (silence().compareTo(patience()) > 0) {
      output.markIdle();
    } else if (latest > Long.MIN_VALUE + latenessMs && atMost > Long.MIN_VALUE) {
      long reached = ticks.watermark(latest - latenessMs - 1);
      output.emitWatermark(new Watermark(Math.min(reached, atMost)));
    }
  }

  /** Time since a record was last known to have come, as far as periodic looks can tell. */
  private Duration silence() {
    long now = clock.relativeTimeNanos();
    if (heard) {
      heard = false;
      silentSinceNanos = now;
    }
    return Duration.ofNanos(now - silentSinceNanos);
  }

  private Duration patience() {
    return mayReadAgain() && PATIENCE.compareTo(idleTimeout) > 0 ? PATIENCE : idleTimeout;
  }

  private boolean mayReadAgain() {
    return atMost < Long.MAX_VALUE;
  }
}
