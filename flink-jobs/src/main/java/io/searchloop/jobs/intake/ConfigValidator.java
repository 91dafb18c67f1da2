package io.searchloop.jobs.intake;

import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.RewardConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What a reward configuration must obey so that it can price anything. */
final class ConfigValidator implements Validator<RewardConfig> {
  /** Added to an event's time, which must stay a time. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  @Override
  public Optional<Refusal> refuse(RewardConfig config, long brokerTime) {
    return disorderedWindows(config)
        .or(() -> brokenNumber(config))
        .or(() -> brokenEngineNumber(config))
        .or(() -> positive("cap_window_ms", config.getCapWindowMs()))
        .or(() -> within("long_window_ms", config.getLongWindowMs()))
        .or(() -> within("cap_window_ms", config.getCapWindowMs()))
        .or(() -> within("min_dwell_ms", config.getMinDwellMs()))
        .or(() -> within("quarantine_ms", config.getQuarantineMs()))
        .or(() -> within("lateness_ms", config.getLatenessMs()));
  }

  private static Optional<Refusal> disorderedWindows(RewardConfig config) {
    try {
      RewardSchedule.of(config);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(invalid(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<Refusal> brokenNumber(RewardConfig config) {
    boolean sound =
        DoubleStream.concat(
                DoubleStream.of(
                    config.getClick(),
                    config.getAddToCart(),
                    config.getPurchase(),
                    config.getPurchasePerUnit(),
                    config.getPurchasePerMinorUnit(),
                    config.getPurchaseCap(),
                    config.getHitrate(),
                    config.getVisitorCap(),
                    config.getMaxClickWeight()),
                config.getExamination().stream().mapToDouble(Double::doubleValue))
            .allMatch(weight -> Double.isFinite(weight) && weight >= 0);
    boolean countsSound =
        Stream.of(
                config.getVisitorMaxSearches(),
                config.getMaxEventsPerMinute(),
                config.getDwellClicks(),
                config.getClickAllProducts())
            .allMatch(count -> count >= 0);
    return sound && countsSound
        ? Optional.empty()
        : Optional.of(
            invalid("a weight, cap or limit is negative or no number, expected 0 or more."));
  }

  private static Optional<Refusal> brokenEngineNumber(RewardConfig config) {
    boolean sound =
        DoubleStream.of(
                config.getEngineRelevance(),
                config.getEngineSize(),
                config.getEngineCoverage(),
                config.getEngineDiversity(),
                config.getEngineIncrement(),
                config.getLengthPenalty(),
                config.getInvalidReward())
            .allMatch(Double::isFinite);
    return sound
        ? Optional.empty()
        : Optional.of(
            invalid("a weight of the engine reward is no number, expected a finite one."));
  }

  private static Optional<Refusal> positive(String field, long value) {
    return value > 0
        ? Optional.empty()
        : Optional.of(invalid(field + " is " + value + ", expected at least 1."));
  }

  private static Optional<Refusal> within(String field, long value) {
    return value >= 0 && value <= LONGEST.toMillis()
        ? Optional.empty()
        : Optional.of(invalid("%s is %d, expected 0 to a hundred years.".formatted(field, value)));
  }

  private static Refusal invalid(String detail) {
    return new Refusal(DeadLetterReason.INVALID_FIELD, detail + " Correct it and write it again.");
  }
}
