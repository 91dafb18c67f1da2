package io.searchloop.app.bench.training;

import io.searchloop.app.bench.JvmChild;
import io.searchloop.app.bench.SampledMinibatches;
import io.searchloop.app.bench.TransactionMarkers;
import io.searchloop.app.report.LoopReport;
import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Kills the trainer again and again, lets the last one finish, and compares each of its releases
 * with those of a trainer that read the same minibatches undisturbed. Each of the two has a broker
 * of its own, which lives on: what it promises is its own.
 */
public final class TrainerHaltsBench {
  private static final int STARTS_KILLED = 4;

  private final TrainerHaltsPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final RandomGenerator moments;

  /**
   * @param directory empty folder for topics, checkpoints and logs
   * @param progress told what happens, for a person
   */
  public TrainerHaltsBench(
      TrainerHaltsPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
    this.moments = new SplittableRandom(plan.seed());
  }

  /** What a run left in its topics. */
  private record Trace(List<ReleaseMark> marks, List<LearningMetrics> curve) {
    static Trace of(TrainerRun run) {
      return new Trace(run.marks(), run.curve());
    }

    ReleaseMark last() {
      return marks.get(marks.size() - 1);
    }

    long released() {
      return marks.stream().filter(ReleaseMark::released).count();
    }
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   */
  public TrainerHaltsReport call(List<String> command) {
    Instant started = clock.instant();
    progress.accept("Training a small warm start and sampling minibatches from it ...");
    Path warmStart = directory.resolve("warm-start");
    List<List<Minibatch>> minibatches = new ArrayList<>();
    try (WarmStart first = SampledMinibatches.warmStart()) {
      new WarmStartDirectory(warmStart).write(first);
      SampledMinibatches sampled = new SampledMinibatches(first, plan.seed());
      for (int life = 0; life <= plan.kills(); life++) {
        minibatches.add(sampled.blocks(plan.blocks()));
      }
    }
    Trace expected = undisturbed(warmStart, minibatches);
    try (TrainerRun run = new TrainerRun(directory.resolve("killed"), warmStart, plan)) {
      List<TrainerHaltsReport.Life> lives = new ArrayList<>();
      for (int i = 0; i < plan.kills(); i++) {
        run.publish(minibatches.get(i));
        lives.add(liveAndBeKilled(run));
        progress.accept("Kill %d of %d: %s".formatted(i + 1, plan.kills(), lives.get(i)));
      }
      progress.accept("No more kills; finishing ...");
      run.publish(minibatches.get(plan.kills()));
      finish(run);
      return report(command, started, expected, run, lives);
    }
  }

  private Trace undisturbed(Path warmStart, List<List<Minibatch>> minibatches) {
    progress.accept("Training on %,d minibatches undisturbed ...".formatted(plan.minibatches()));
    try (TrainerRun run = new TrainerRun(directory.resolve("undisturbed"), warmStart, plan)) {
      minibatches.forEach(run::publish);
      finish(run);
      return Trace.of(run);
    }
  }

  private static void finish(TrainerRun run) {
    try (JvmChild trainer = run.start()) {
      run.awaitEnd(trainer);
    }
  }

  private TrainerHaltsReport.Life liveAndBeKilled(TrainerRun run) {
    long before = run.points();
    boolean atWork = moments.nextInt(STARTS_KILLED) > 0;
    Duration longest = atWork ? plan.longestLife() : plan.longestStart();
    long life = moments.nextLong(longest.toMillis());
    JvmChild trainer = run.start();
    try {
      if (atWork) {
        run.awaitWork(trainer, before);
      }
      LockSupport.parkNanos(Duration.ofMillis(life).toNanos());
    } finally {
      trainer.kill();
    }
    return new TrainerHaltsReport.Life(atWork, life, run.points() - before);
  }

  private TrainerHaltsReport report(
      List<String> command,
      Instant started,
      Trace expected,
      TrainerRun run,
      List<TrainerHaltsReport.Life> lives) {
    Trace found = Trace.of(run);
    return new TrainerHaltsReport(
        command,
        started,
        clock.instant(),
        LoopReport.machineFacts(),
        run.flags(),
        plan,
        lives,
        plan.minibatches(),
        expected.last().step(),
        expected.released(),
        expected.marks().size() - expected.released(),
        found.curve().size()
            - found.curve().stream().map(LearningMetrics::getMinibatch).distinct().count(),
        differences(expected, found),
        expected.last().checkpoint(),
        transactions(run),
        run.checkpoints(),
        run.audit());
  }

  private static Map<String, TransactionMarkers> transactions(TrainerRun run) {
    Map<String, TransactionMarkers> transactions = new TreeMap<>();
    for (Topic<?> topic : List.of(Topics.POLICY_CHUNKS, Topics.POLICY_RELEASES)) {
      transactions.put(topic.name(), run.transactions(topic));
    }
    return transactions;
  }

  /** Releases one by one, then every figure of every step, those of repeated steps included. */
  private static List<String> differences(Trace expected, Trace found) {
    List<String> differences = new ArrayList<>();
    if (expected.marks().size() != found.marks().size()) {
      differences.add(
          "%d releases and refusals, expected %d."
              .formatted(found.marks().size(), expected.marks().size()));
    }
    for (int i = 0; i < Math.min(expected.marks().size(), found.marks().size()); i++) {
      if (!expected.marks().get(i).equals(found.marks().get(i))) {
        differences.add(
            "Release %d is %s, expected %s."
                .formatted(i, found.marks().get(i), expected.marks().get(i)));
      }
    }
    Map<Long, LearningMetrics> curve = new TreeMap<>();
    expected.curve().forEach(point -> curve.put(point.getMinibatch(), point));
    for (LearningMetrics point : found.curve()) {
      LearningMetrics other = curve.get(point.getMinibatch());
      if (other == null
          || point.getStep() != other.getStep()
          || !point.getValues().equals(other.getValues())) {
        differences.add("Minibatch %d learned otherwise.".formatted(point.getMinibatch()));
      }
    }
    return differences;
  }
}
