package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.engine.PricedGroup;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.serde.TrustedClasses;
import io.searchloop.search.engine.IndexGoneException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rewrites of one decision by what the engine finds for them. Decisions in flight are
 * Flink's to remember: after a restart they are scored again, and only that result is emitted.
 *
 * <p>Retries are not left to Flink's {@code AsyncRetryStrategy}: it fails the job after the last
 * attempt, and at the end of input it gives up at once.
 *
 * <p>Called on the task thread; results come from the threads of {@link EngineCalls}.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class ScoreRollouts extends RichAsyncFunction<DecisionRecord, EngineOutcome> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedClasses.trust(); // before the configurations below are unpacked on a cluster
  }

  private final SerializableSupplier<SearchBackend> opening;
  private final List<RewardConfig> rewards;
  private final EngineRewardConfig config;
  private final EngineCallConfig callConfig;
  private transient SearchBackend backend;
  private transient EngineCalls calls;
  private transient RetrieveGroup engine;
  private transient EnginePrices schedule;

  ScoreRollouts(
      SerializableSupplier<SearchBackend> opening,
      List<RewardConfig> rewards,
      EngineRewardConfig config,
      EngineCallConfig callConfig) {
    this.opening = opening;
    this.rewards = rewards;
    this.config = config;
    this.callConfig = callConfig;
  }

  @Override
  public void open(OpenContext context) {
    schedule = new EnginePrices(rewards, config.reward());
    backend = opening.get();
    calls = new EngineCalls(callConfig);
    engine = new RetrieveGroup(backend, config);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    metrics.gauge("engine_failed_calls", () -> calls.failedCalls());
    metrics.gauge("engine_refused_attempts", () -> calls.refusedAttempts());
    metrics.gauge("engine_breaker_open", () -> calls.open() ? 1 : 0);
  }

  @Override
  public void asyncInvoke(DecisionRecord record, ResultFuture<EngineOutcome> outcomes) {
    Decision decision = record.readable();
    calls
        .call(() -> engine.retrieve(decision))
        .whenComplete(
            (retrieved, failure) -> {
              try {
                outcomes.complete(
                    failure == null ? scored(record, retrieved) : refused(record, failure));
              } catch (RuntimeException | Error e) { // our mistake, not the engine's
                outcomes.completeExceptionally(e);
              }
            });
  }

  /** Closes what {@link #open} opened, which may have failed half-way. */
  @Override
  public void close() {
    if (calls != null) {
      calls.close();
    }
    if (backend != null) {
      backend.close();
    }
  }

  private List<EngineOutcome> scored(DecisionRecord record, RetrieveGroup.Retrieved retrieved) {
    Decision decision = record.readable();
    EnginePrices.Prices prices = schedule.at(decision.getTimestamp());
    PricedGroup priced = prices.model().price(retrieved.group());
    return EngineOutcome.scored(
        record, EngineTuples.of(decision, priced, prices.config(), retrieved.catalogueEpoch()));
  }

  private List<EngineOutcome> refused(DecisionRecord record, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof IndexGoneException gone) {
      throw gone; // the task begins anew, with the newest catalogue
    }
    return EngineOutcome.refused(
        record,
        record.refused(
            DeadLetterReason.ENGINE_UNAVAILABLE,
            "the search engine failed %d times, last with %s, expected result lists. Restore the engine: what comes then is priced again."
                .formatted(callConfig.attempts(), cause)));
  }

  private static Throwable cause(Throwable failure) {
    @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
