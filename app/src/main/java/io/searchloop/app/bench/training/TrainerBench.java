package io.searchloop.app.bench.training;

import static java.util.Objects.requireNonNull;

import io.searchloop.app.bench.ProcessMemory;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.Packing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How long a step of each loss takes at each size, beside the least that its arithmetic can take on
 * this machine at that moment: a matrix product is timed before each step, so that a slow minute
 * slows both. Everything runs in this process on the thread that calls {@link #call}.
 */
public final class TrainerBench {
  private static final int GROUPS_WATCHED = 4;

  private final TrainerPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param directory empty folder for checkpoints; three times the largest network at full size
   * @param progress told what happens, for a person
   */
  public TrainerBench(
      TrainerPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
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
  public TrainerReport call(List<String> command) {
    Instant started = clock.instant();
    LibTorch.initialise(plan.threads());
    TrainerReport.Memory memory = watchMemory(plan.sizes().get(0));
    List<TrainerReport.Steps> steps = new ArrayList<>();
    List<TrainerReport.Storage> storage = new ArrayList<>();
    for (String size : plan.sizes()) {
      NetworkConfig network = plan.network(size);
      progress.accept("%s: %,d parameters".formatted(size, network.parameterCount()));
      try (SizedTrainer trainer = new SizedTrainer(network, plan)) {
        steps.addAll(time(size, network, trainer));
        storage.add(store(size, trainer));
      }
    }
    return TrainerReport.of(command, started, clock.instant(), plan, steps, storage, memory);
  }

  /** Batches change their shape from step to step, as they do in life. */
  private TrainerReport.Memory watchMemory(String size) {
    progress.accept("%s: memory over %,d steps".formatted(size, plan.memorySteps()));
    List<ProcessMemory> samples = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(plan.seed());
    int interval = plan.memorySteps() / plan.memorySamples();
    long begin = System.nanoTime();
    try (SizedTrainer trainer = new SizedTrainer(plan.network(size), plan)) {
      for (int step = 1; step <= plan.memorySteps(); step++) {
        TrainerWorkload workload = trainer.workload(1 + random.nextInt(GROUPS_WATCHED), random);
        trainer.step(TrainedLoss.values()[step % TrainedLoss.values().length], workload);
        if (step % interval == 0) {
          samples.add(ProcessMemory.read());
        }
      }
    }
    return TrainerReport.Memory.of(size, plan.memorySteps(), secondsSince(begin), samples);
  }

  private List<TrainerReport.Steps> time(String size, NetworkConfig network, SizedTrainer trainer) {
    TrainerWorkload workload = trainer.workload(plan.groups(), new SplittableRandom(plan.seed()));
    int rounds = plan.rounds(size);
    Map<TrainedLoss, double[]> seconds = new EnumMap<>(TrainedLoss.class);
    Map<TrainedLoss, double[]> rates = new EnumMap<>(TrainedLoss.class);
    for (TrainedLoss loss : TrainedLoss.values()) {
      trainer.step(loss, workload); // warms up; does not count
      seconds.put(loss, new double[rounds]);
      rates.put(loss, new double[rounds]);
    }
    try (ArithmeticRate rate =
        new ArithmeticRate(
            network,
            workload.supervisedPacking(),
            plan.compute().precision(),
            Duration.ofMillis(plan.gemmMillis()))) {
      for (int round = 0; round < rounds; round++) {
        for (TrainedLoss loss : TrainedLoss.values()) {
          requireNonNull(rates.get(loss))[round] = rate.measure();
          long begin = System.nanoTime();
          trainer.step(loss, workload);
          requireNonNull(seconds.get(loss))[round] = secondsSince(begin);
        }
      }
    }
    List<TrainerReport.Steps> steps = new ArrayList<>();
    for (TrainedLoss loss : TrainedLoss.values()) {
      Packing packing = loss.packing(workload);
      steps.add(
          show(
              TrainerReport.Steps.of(
                  size,
                  loss,
                  network,
                  packing,
                  requireNonNull(seconds.get(loss)),
                  requireNonNull(rates.get(loss)))));
    }
    return steps;
  }

  private TrainerReport.Storage store(String size, SizedTrainer trainer) {
    CheckpointStore store = new CheckpointStore(directory.resolve(size));
    long begin = System.nanoTime();
    String hash = trainer.save(store);
    double save = secondsSince(begin);
    begin = System.nanoTime();
    trainer.restore(store, hash);
    double restore = secondsSince(begin);
    begin = System.nanoTime();
    long bytes = trainer.export();
    return new TrainerReport.Storage(size, save, restore, secondsSince(begin), bytes);
  }

  private TrainerReport.Steps show(TrainerReport.Steps steps) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "  %-5s %8.3f s, %.0f GFLOP/s beside it, %.2f of the floor, %.2f of what was fed",
            steps.loss(),
            steps.seconds().median(),
            steps.gigaflops().median(),
            steps.overFloor().median(),
            steps.overFed().median()));
    return steps;
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
