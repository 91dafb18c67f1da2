package io.searchloop.jobs.engine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Calls an engine that may be slow, hang or be away. Each attempt runs on a thread of the pool and
 * is interrupted at its timeout; failed attempts are repeated with growing waits; when too many
 * fail, the breaker refuses attempts without asking the engine until a few trial calls succeed.
 *
 * <p>Refused attempts count as attempts, so a call always ends: within attempts * timeout plus the
 * waits. Safe for use by several threads.
 */
final class EngineCalls implements AutoCloseable {
  private static final String NAME = "engine";
  private static final double BACKOFF_GROWTH = 2;
  private static final int TRIAL_CALLS = 2;
  private static final float PERCENT = 100;

  private final EngineCallConfig config;
  private final ExecutorService searches;
  private final ScheduledExecutorService waits;
  private final CircuitBreaker breaker;
  private final Retry retry;

  EngineCalls(EngineCallConfig config) {
    this(config, breaker(config).build());
  }

  /**
   * @param clock tells the breaker how long it has been open
   */
  EngineCalls(EngineCallConfig config, Clock clock) {
    this(config, breaker(config).clock(clock).build());
  }

  private EngineCalls(EngineCallConfig config, CircuitBreakerConfig breaker) {
    this.config = config;
    this.searches = Executors.newFixedThreadPool(config.threads(), task -> daemon(task, "search"));
    this.waits = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "retry"));
    this.breaker = CircuitBreaker.of(NAME, breaker);
    this.retry = Retry.of(NAME, retry(config));
  }

  /** The result, or after the last attempt its exception. */
  <T> CompletionStage<T> call(Callable<T> search) {
    return retry.executeCompletionStage(
        waits, () -> breaker.executeCompletionStage(() -> attempt(search)));
  }

  /** Calls given up after their last attempt, so far. */
  long failedCalls() {
    Retry.Metrics metrics = retry.getMetrics();
    return metrics.getNumberOfFailedCallsWithRetryAttempt()
        + metrics.getNumberOfFailedCallsWithoutRetryAttempt();
  }

  /** Attempts that the breaker kept from the engine, since it last changed its state. */
  long refusedAttempts() {
    return breaker.getMetrics().getNumberOfNotPermittedCalls();
  }

  /** Whether the engine is left alone at the moment. */
  boolean open() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** Abandons what is under way. */
  @Override
  public void close() {
    searches.shutdownNow();
    waits.shutdownNow();
  }

  private <T> CompletionStage<T> attempt(Callable<T> search) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Future<?> task = searches.submit(() -> complete(result, search));
    return result
        .orTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((found, failure) -> task.cancel(failure != null));
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> search) {
    try {
      result.complete(search.call());
    } catch (Throwable e) { // whoever waits must hear of errors too
      result.completeExceptionally(e);
    }
  }

  private static CircuitBreakerConfig.Builder breaker(EngineCallConfig config) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(config.breakerCalls())
        .minimumNumberOfCalls(config.breakerCalls())
        .failureRateThreshold((float) config.breakerFailureRate() * PERCENT)
        .waitDurationInOpenState(config.breakerOpen())
        .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS);
  }

  private static RetryConfig retry(EngineCallConfig config) {
    return RetryConfig.custom()
        .maxAttempts(config.attempts())
        .intervalFunction(
            IntervalFunction.ofExponentialBackoff(
                config.backoff(), BACKOFF_GROWTH, config.maxBackoff()))
        .build();
  }

  private static Thread daemon(Runnable task, String purpose) {
    Thread thread = new Thread(task, NAME + "-" + purpose);
    thread.setDaemon(true);
    return thread;
  }
}
