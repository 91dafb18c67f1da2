package io.searchloop.streams.decision;

import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.PolicySessionException;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.signal.DecisionLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples rollouts after the shopper was answered, and logs them for the engine to judge: of the
 * active release for tail queries, of the release on trial in its shadow stage for any. Learning
 * waits for shoppers, never the other way round: when the executor takes no more, the search is
 * dropped and counted.
 *
 * <pre>
 *   reply sent --submit--> bounded executor --sample--> ENGINE_ONLY decision, `query_id!engine` or `!shadow`
 *                              +-- full, closing, no policy, session failed: counted
 * </pre>
 *
 * <p>{@link #submit} is safe for any thread and never waits; sampling runs on the executor.
 */
public final class EngineOnlySampler implements AutoCloseable {
  /** What the id of a search that nobody sees adds to the id of the search that was shown. */
  static final String ID_SUFFIX = "!engine";

  /** Likewise for the release on trial. */
  static final String SHADOW_SUFFIX = "!shadow";

  private static final Logger log = LoggerFactory.getLogger(EngineOnlySampler.class);

  private final PolicySlot active;
  private final CanaryTraffic canary;
  private final CandidateSource candidates;
  private final DecisionLog decisions;
  private final InstantSource clock;
  private final ServingMetrics metrics;
  private final ExecutorService executor;
  private final Duration drain;

  /**
   * @param active slot of the policy arm
   * @param canary where the release on trial is found
   * @param executor bounded; shut down with this
   * @param drain how long closing waits for what was submitted
   */
  public EngineOnlySampler(
      PolicySlot active,
      CanaryTraffic canary,
      CandidateSource candidates,
      DecisionLog decisions,
      InstantSource clock,
      ServingMetrics metrics,
      ExecutorService executor,
      Duration drain) {
    this.active = active;
    this.canary = canary;
    this.candidates = candidates;
    this.decisions = decisions;
    this.clock = clock;
    this.metrics = metrics;
    this.executor = executor;
    this.drain = drain;
  }

  /** Hands over a search. */
  public void submit(EngineOnlySearch search) {
    try {
      executor.execute(() -> sample(search));
    } catch (RejectedExecutionException e) {
      metrics.engineOnly(executor.isShutdown() ? "closing" : "queue_full");
    }
  }

  /** Samples what was submitted, for as long as {@code drain}; the rest is counted as dropped. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (executor.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow().forEach(dropped -> metrics.engineOnly("closing"));
  }

  private void sample(EngineOnlySearch search) {
    boolean shadow = search.arm().equals(Arm.SHADOW);
    Optional<PolicyLease> held =
        shadow ? canary.acquire(search.assignment().candidate()) : active.acquire();
    if (held.isEmpty()) {
      metrics.engineOnly((shadow ? FallbackReason.NO_CANDIDATE : FallbackReason.NO_POLICY).label());
      return;
    }
    try (PolicyLease lease = held.get()) {
      DecisionFrame frame =
          new DecisionFrame(
              search.request(),
              search.queryId(),
              clock.instant(),
              search.assignment(),
              search.plan(),
              candidates.temperature());
      int[] prompt = candidates.prompt(lease, search.request());
      candidates
          .sample(lease, prompt, search.random(), Deadline.NONE)
          .map(sampled -> candidates.ruled(search.request(), sampled))
          .map(sampled -> frame.engineOnly(search.arm(), lease.identity(), prompt, sampled))
          .ifPresent(decisions::append);
      metrics.engineOnly(shadow ? "shadow" : "sampled");
    } catch (PolicySessionException | ArithmeticException e) {
      metrics.engineOnly(FallbackReason.SESSION_ERROR.label());
      log.warn("Session failed: queryId={} reason={}", search.queryId(), e.getMessage());
    }
  }
}
