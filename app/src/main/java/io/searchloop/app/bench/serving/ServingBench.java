package io.searchloop.app.bench.serving;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.inference.BareDecoding;
import io.searchloop.streams.inference.BatchSettings;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What one rewrite costs beside the bare runs of its session, and how many a worker answers: ways
 * and loads take turns, so that a slow minute of the machine slows all of them. The session's runs
 * and the sampler share this process; workers have processes of their own, askers do not.
 */
public final class ServingBench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int BATCH = 32;

  private final ServingPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final Map<Key, List<LoadFigures>> figures = new LinkedHashMap<>();
  private final Map<Key, AtomicInteger> cached = new LinkedHashMap<>();

  private record Key(ServingPath path, int candidates, int concurrency) {}

  /**
   * @param directory empty folder for topics, checkpoints and logs
   * @param progress told what happens, for a person
   */
  public ServingBench(
      ServingPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
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
  public ServingReport call(List<String> command) {
    Instant started = clock.instant();
    LibTorch.initialise(1);
    try (WarmStart policy = ServingPolicies.of(1, plan.small())) {
      try (OnnxPolicy session = OnnxPolicy.open(0, policy.artifact(policy.network()), 1)) {
        for (int n : plan.candidates()) {
          progress.accept("In this process, %d candidates ...".formatted(n));
          measureSampler(session, n);
        }
      }
      if (plan.http()) {
        measureWorkers(policy);
      }
    }
    return ServingReport.of(
        command, started, clock.instant(), plan, ServingPolicies.ANSWER, cells());
  }

  private void measureSampler(OnnxPolicy session, int candidates) {
    int cores = Runtime.getRuntime().availableProcessors();
    SamplerSettings settings = new SamplerSettings(candidates, 1);
    RewriteSampler alone = new RewriteSampler(settings, new BatchSettings(1, cores, Duration.ZERO));
    RewriteSampler together =
        new RewriteSampler(settings, new BatchSettings(BATCH, cores, Duration.ZERO));
    for (int round = -1; round < plan.rounds(); round++) {
      for (int askers : plan.concurrency()) {
        Key bare = new Key(ServingPath.BARE, candidates, askers);
        List<BareDecoding> loops = new ArrayList<>();
        for (int i = 0; i < askers; i++) {
          loops.add(
              new BareDecoding(session, prompt(session, i), candidates, ServingPolicies.ANSWER));
        }
        measure(round, bare, loops.stream().map(ServingBench::bare).toList());
        loops.forEach(BareDecoding::close);
        measure(
            round,
            new Key(ServingPath.SAMPLER_ALONE, candidates, askers),
            samplers(alone, session, askers));
        measure(
            round,
            new Key(ServingPath.SAMPLER, candidates, askers),
            samplers(together, session, askers));
      }
    }
  }

  private static Callable<Boolean> bare(BareDecoding loop) {
    return () -> {
      loop.run();
      return true;
    };
  }

  private static List<Callable<Boolean>> samplers(
      RewriteSampler sampler, OnnxPolicy session, int askers) {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < askers; i++) {
      SplittableRandom random = new SplittableRandom(i);
      int[] prompt = prompt(session, i);
      all.add(() -> sampler.sample(session, prompt, random, Deadline.NONE).isPresent());
    }
    return all;
  }

  private static int[] prompt(OnnxPolicy session, int asker) {
    List<String> queries = ServingPolicies.queries();
    return session.format().prompt(QueryContext.of(queries.get(asker % queries.size())));
  }

  private void measureWorkers(WarmStart policy) {
    progress.accept("Starting Kafka and the schema registry ...");
    try (ServingPlatform platform = new ServingPlatform(directory, clock)) {
      long version = platform.release(policy, ServingPolicies.LENIENT);
      platform.decide(ControlAction.PROMOTE, version);
      for (int n : plan.candidates()) {
        progress.accept("Worker processes, %d candidates ...".formatted(n));
        Map<ServingPath, WorkerProcess> workers = new LinkedHashMap<>();
        try {
          workers.put(ServingPath.HTTP_ALONE, worker(platform, n, "serving.batch-size", "1"));
          workers.put(ServingPath.HTTP, worker(platform, n, "serving.batch-size", "" + BATCH));
          workers.put(ServingPath.HTTP_CACHED, worker(platform, n, "serving.slates", "1000"));
          workers.values().forEach(one -> one.await(now -> now.version() == version, PATIENCE));
          askWorkers(workers, n);
        } finally {
          workers.values().forEach(WorkerProcess::close);
        }
      }
    }
  }

  private WorkerProcess worker(ServingPlatform platform, int candidates, String key, String value) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("serving.candidates", Integer.toString(candidates));
    settings.put("serving.holdout-share", "0");
    settings.put("serving.deadline", "PT10S");
    settings.put("serving.request-threads", "32");
    settings.put("serving.head-count", "1");
    settings.put("serving.application-id", "bench-" + candidates + "-" + key + value);
    settings.put(key, value);
    return platform.worker("worker-%d-%s-%s".formatted(candidates, key, value), settings);
  }

  private void askWorkers(Map<ServingPath, WorkerProcess> workers, int candidates) {
    Map<ServingPath, RewriteClient> clients = new LinkedHashMap<>();
    workers.forEach((path, worker) -> clients.put(path, new RewriteClient(worker.uri())));
    for (int round = -plan.workerWarmUp(); round < plan.rounds(); round++) {
      for (int askers : plan.concurrency()) {
        for (Map.Entry<ServingPath, RewriteClient> worker : clients.entrySet()) {
          Key key = new Key(worker.getKey(), candidates, askers);
          AtomicInteger fromCache = new AtomicInteger();
          measure(round, key, askers(worker.getValue(), askers, fromCache));
          if (round >= 0) {
            cached.computeIfAbsent(key, k -> new AtomicInteger()).addAndGet(fromCache.get());
          }
        }
      }
    }
  }

  private static List<Callable<Boolean>> askers(
      RewriteClient client, int askers, AtomicInteger fromCache) {
    List<String> queries = ServingPolicies.queries();
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < askers; i++) {
      String query = queries.get(i % queries.size());
      String visitor = "visitor-" + i;
      all.add(
          () -> {
            RewriteClient.Answer answer = client.ask(query, visitor);
            if (answer.cached()) {
              fromCache.incrementAndGet();
            }
            return answer.served();
          });
    }
    return all;
  }

  /** Measures; rounds before the first warm up and do not count. */
  private void measure(int round, Key key, List<Callable<Boolean>> askers) {
    LoadFigures found = ClosedLoop.run(askers, plan.cell());
    if (round >= 0) {
      figures.computeIfAbsent(key, k -> new ArrayList<>()).add(found);
    }
  }

  private List<ServingReport.Cell> cells() {
    List<ServingReport.Cell> cells = new ArrayList<>();
    figures.forEach(
        (key, rounds) -> {
          double answers = rounds.stream().mapToInt(LoadFigures::requests).sum();
          int fromCache = cached.getOrDefault(key, new AtomicInteger()).get();
          cells.add(
              new ServingReport.Cell(
                  key.path().label(),
                  key.candidates(),
                  key.concurrency(),
                  List.copyOf(rounds),
                  fromCache / answers));
        });
    return cells;
  }
}
