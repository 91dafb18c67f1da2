package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.Spread;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Swaps a worker between two releases again and again while requests arrive at a constant rate,
 * then scores decisions again with the session of the version that they name. The worker has a
 * process of its own; those who ask and decide share this one.
 */
public final class SwapBench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final SwapPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final List<Window> windows = new ArrayList<>();
  private final List<Double> swapMillis = new ArrayList<>();
  private final List<Long> residentBytes = new ArrayList<>();

  /** A swap, from the decision to a moment after the new version serves. */
  private record Window(long from, long to) {
    boolean has(long nanos) {
      return nanos >= from && nanos <= to;
    }
  }

  /**
   * @param directory empty folder for topics, checkpoints and logs
   * @param progress told what happens, for a person
   */
  public SwapBench(SwapPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   */
  public SwapReport call(List<String> command) {
    Instant started = clock.instant();
    LibTorch.initialise(1);
    progress.accept("Starting Kafka and the schema registry ...");
    try (ServingPlatform platform = new ServingPlatform(directory, clock);
        WarmStart one = ServingPolicies.of(1, plan.small());
        WarmStart other = ServingPolicies.of(2, plan.small())) {
      long[] versions = {
        platform.release(one, ServingPolicies.LENIENT),
        platform.release(other, ServingPolicies.LENIENT)
      };
      platform.decide(ControlAction.PROMOTE, versions[1]);
      SwapReport.Load load;
      SwapReport.Sessions sessions;
      try (WorkerProcess worker = platform.worker("worker", settings())) {
        worker.await(now -> now.version() == versions[1], PATIENCE);
        load = swap(platform, worker, versions);
        sessions = sessions(worker);
      }
      progress.accept("Scoring decisions again ...");
      return SwapReport.of(
          command,
          started,
          clock.instant(),
          plan,
          load,
          Spread.of(swapMillis.stream().mapToDouble(Double::doubleValue).toArray()),
          rescore(platform, Map.of(versions[0], one, versions[1], other)),
          sessions,
          residentBytes);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "serving.candidates", Integer.toString(SwapPlan.CANDIDATES),
        "serving.holdout-share", "0",
        "serving.deadline", plan.deadline().toString());
  }

  private SwapReport.Load swap(ServingPlatform platform, WorkerProcess worker, long[] versions) {
    progress.accept(
        "%d swaps at %d requests a second ...".formatted(plan.swaps(), plan.perSecond()));
    RewriteClient client = new RewriteClient(worker.uri());
    List<String> queries = ServingPolicies.queries();
    AtomicInteger asked = new AtomicInteger();
    try (OpenLoop shoppers =
        new OpenLoop(
            plan.perSecond(),
            () -> {
              int number = asked.getAndIncrement();
              String query = queries.get(number % queries.size());
              return client.ask(query, "visitor-" + number).served();
            })) {
      LockSupport.parkNanos(WARM_UP.toNanos());
      long begin = System.nanoTime();
      for (int i = 0; i < plan.swaps(); i++) {
        long from = System.nanoTime();
        long lineage = platform.decide(ControlAction.ROLLBACK, versions[i % versions.length]);
        worker.await(now -> now.lineage() == lineage, PATIENCE);
        long to = System.nanoTime();
        windows.add(new Window(from, to + plan.tail().toNanos()));
        swapMillis.add((to - from) / 1e6);
        residentBytes.add(worker.residentBytes());
        LockSupport.parkNanos(plan.tail().plus(plan.pause()).toNanos());
      }
      return load(shoppers.stop().stream().filter(one -> one.dueNanos() >= begin).toList());
    }
  }

  private SwapReport.Load load(List<OpenLoop.Arrival> arrivals) {
    long deadline = plan.deadline().toNanos();
    List<OpenLoop.Arrival> during =
        arrivals.stream()
            .filter(one -> windows.stream().anyMatch(window -> window.has(one.dueNanos())))
            .toList();
    List<OpenLoop.Arrival> steady =
        arrivals.stream()
            .filter(one -> windows.stream().noneMatch(window -> window.has(one.dueNanos())))
            .toList();
    return new SwapReport.Load(
        arrivals.size(),
        (int) arrivals.stream().filter(one -> !one.answered()).count(),
        (int) arrivals.stream().filter(one -> one.tookNanos() > deadline).count(),
        during.size(),
        percentile(steady, .5),
        percentile(steady, .99),
        percentile(during, .5),
        percentile(during, .99));
  }

  private static double percentile(List<OpenLoop.Arrival> arrivals, double share) {
    return LoadFigures.percentile(
        arrivals.stream().mapToLong(OpenLoop.Arrival::tookNanos).toArray(), share);
  }

  private static SwapReport.Sessions sessions(WorkerProcess worker) {
    LockSupport.parkNanos(DRAIN.toNanos());
    RewriteClient client = new RewriteClient(worker.uri());
    try {
      String active = "slot=\"active\"";
      return new SwapReport.Sessions(
          (long) client.metric("searchloop_policy_activations_total", active),
          (long) client.metric("searchloop_policy_retirements_total", active),
          1);
    } catch (IOException e) {
      throw new IllegalStateException("The worker does not tell its metrics: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading metrics", e);
    }
  }

  private ScoredDecisions rescore(ServingPlatform platform, Map<Long, WarmStart> policies) {
    List<Decision> all =
        TopicLog.readAll(
                Topics.DECISIONS,
                platform.platform().bootstrapServers(),
                platform.platform().serdes())
            .stream()
            .map(Located::value)
            .filter(decision -> policies.containsKey(decision.getPolicyVersion()))
            .toList();
    int apart = Math.max(1, all.size() / plan.rescored());
    List<Decision> some =
        IntStream.range(0, all.size()).filter(i -> i % apart == 0).mapToObj(all::get).toList();
    List<OnnxPolicy> open = new ArrayList<>();
    try {
      Map<Long, OnnxPolicy> sessions = new HashMap<>();
      policies.forEach(
          (version, policy) -> {
            OnnxPolicy session = OnnxPolicy.open(version, policy.artifact(policy.network()), 1);
            open.add(session);
            sessions.put(version, session);
          });
      return ScoredDecisions.of(some, sessions);
    } finally {
      open.forEach(OnnxPolicy::close);
    }
  }
}
