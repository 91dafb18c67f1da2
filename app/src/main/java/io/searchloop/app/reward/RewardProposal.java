package io.searchloop.app.reward;

import io.searchloop.jobs.intake.RawRecord;
import io.searchloop.jobs.intake.RecordDecoder;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a reward configuration may still be scheduled, and from when on. Pure functions. */
public final class RewardProposal {
  /**
   * The job refuses what takes effect before the event time it has reached. That is at most now, by
   * clocks that agree within seconds; the rest is for the record to arrive.
   */
  private static final Duration NOTICE = Duration.ofSeconds(30);

  /** Stands for the bytes of a configuration that is there already. */
  private static final byte[] ANY = {0};

  private RewardProposal() {}

  /** Why a configuration would not do what its author means; empty when it would. */
  public static Optional<String> refusal(
      RewardSchedule schedule, RewardConfig wanted, Instant now) {
    if (wanted.getEffectiveFrom().isBefore(now.plus(NOTICE))) {
      return Optional.of(
          "effective-from is "
              + wanted.getEffectiveFrom()
              + ", now is "
              + now
              + "; expected at least "
              + NOTICE
              + " ahead, because the job must have read it before. Name a later instant.");
    }
    if (schedule.startsAt(wanted.getEffectiveFrom().toEpochMilli())) {
      return Optional.of(
          "A configuration with effective-from "
              + wanted.getEffectiveFrom()
              + " is there already, expected another instant: what is scheduled is never replaced.");
    }
    if (wanted.getShortWindowMs() < 1 || wanted.getShortWindowMs() > wanted.getLongWindowMs()) {
      return Optional.of(
          "short-window is "
              + Duration.ofMillis(wanted.getShortWindowMs())
              + " and long-window "
              + Duration.ofMillis(wanted.getLongWindowMs())
              + ", expected a positive short window that does not exceed the long one.");
    }
    return unsound(wanted, now);
  }

  /** What the job's own intake would refuse. */
  private static Optional<String> unsound(RewardConfig wanted, Instant now) {
    @Nullable DeadLetter letter =
        RecordDecoder.ofConfigs(bytes -> wanted)
            .decode(
                new RawRecord(
                    Topics.REWARD_CONFIG.name(), 0, 0, now.toEpochMilli(), new byte[0], ANY))
            .refused();
    return Optional.ofNullable(letter).map(DeadLetter::getDetail);
  }

  /**
   * The instant that a text means.
   *
   * @param text an instant, or a duration from now
   * @throws IllegalArgumentException when it is neither
   */
  public static Instant instant(String text, Instant now) {
    try {
      Instant instant = text.startsWith("P") ? now.plus(Duration.parse(text)) : Instant.parse(text);
      return Instant.ofEpochMilli(instant.toEpochMilli()); // as it will be stored
    } catch (DateTimeException | ArithmeticException e) { // the latter: beyond what is stored
      throw new IllegalArgumentException(
          "effective-from is '"
              + text
              + "', expected an instant such as 2030-01-01T00:00:00Z or a duration such as PT5M.",
          e);
    }
  }
}
