package io.searchloop.app.bench.training;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.ProcessMemory;
import io.searchloop.app.bench.Spread;
import io.searchloop.app.report.LoopReport;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.Packing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast the trainer learns, with everything needed to measure it again.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param networks shapes and parameters, by size
 * @param steps step times by size and loss
 * @param storage checkpoints and exports by size
 * @param memory memory over many steps
 */
public record TrainerReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    TrainerPlan plan,
    List<Network> networks,
    List<Steps> steps,
    List<Storage> storage,
    Memory memory)
    implements BenchReport {
  /** The acceptance of the issue, at ten million parameters. */
  private static final double MOST_OF_FLOOR = 1.7;

  private static final String ACCEPTED_SIZE = "10m";
  private static final double MOST_GROWTH = .05;

  /**
   * A network.
   *
   * @param size as asked for
   * @param parameters all of them
   * @param layerMatrixParameters those that each token is multiplied with
   * @param shape its shape
   */
  public record Network(
      String size, long parameters, long layerMatrixParameters, NetworkConfig shape) {}

  /**
   * Steps of one loss at one size.
   *
   * @param size network
   * @param loss loss
   * @param packing tokens of the batch, and what was fed of them
   * @param floorOperations least arithmetic for the tokens given
   * @param fedOperations least arithmetic for the tokens fed, after prompts were shared
   * @param seconds time of a step
   * @param tokensPerSecond tokens given a second
   * @param gigaflops rate of matrix products beside each step
   * @param overFloor time of each step over the time of its floor
   * @param overFed the same, of the tokens fed: what everything but matrix products costs
   */
  public record Steps(
      String size,
      String loss,
      Packing packing,
      double floorOperations,
      double fedOperations,
      Spread seconds,
      Spread tokensPerSecond,
      Spread gigaflops,
      Spread overFloor,
      Spread overFed) {

    static Steps of(
        String size,
        TrainedLoss loss,
        NetworkConfig network,
        Packing packing,
        double[] seconds,
        double[] rates) {
      double floor = loss.floor(network, packing.given(), packing.scored());
      double fed = loss.floor(network, packing.fed(), packing.scored());
      double[] overFloor = new double[seconds.length];
      double[] overFed = new double[seconds.length];
      Arrays.setAll(overFloor, i -> seconds[i] * rates[i] / floor);
      Arrays.setAll(overFed, i -> seconds[i] * rates[i] / fed);
      return new Steps(
          size,
          loss.name().toLowerCase(Locale.ROOT),
          packing,
          floor,
          fed,
          Spread.of(seconds),
          Spread.of(Arrays.stream(seconds).map(s -> packing.given() / s).toArray()),
          Spread.of(Arrays.stream(rates).map(rate -> rate / 1e9).toArray()),
          Spread.of(overFloor),
          Spread.of(overFed));
    }
  }

  /**
   * Checkpoint and export at one size.
   *
   * @param size network
   * @param saveSeconds weights and optimiser, forced to disk
   * @param restoreSeconds the same back, verified
   * @param exportSeconds the graph that workers run
   * @param graphBytes its size
   */
  public record Storage(
      String size,
      double saveSeconds,
      double restoreSeconds,
      double exportSeconds,
      long graphBytes) {}

  /**
   * Memory over many steps of all losses on batches of changing shape.
   *
   * @param size network
   * @param steps how many
   * @param seconds how long
   * @param residentBytes resident memory at regular intervals
   * @param nativeGrowth growth of resident memory outside Java's heap from the second fifth of the
   *     steps to the last, as a share
   */
  public record Memory(
      String size, int steps, double seconds, List<Long> residentBytes, double nativeGrowth) {

    static Memory of(String size, int steps, double seconds, List<ProcessMemory> samples) {
      int fifth = samples.size() / 5;
      double early = outsideHeap(samples.subList(fifth, 2 * fifth));
      double late = outsideHeap(samples.subList(samples.size() - fifth, samples.size()));
      return new Memory(
          size,
          steps,
          seconds,
          samples.stream().map(ProcessMemory::residentBytes).toList(),
          late / early - 1);
    }

    private static double outsideHeap(List<ProcessMemory> samples) {
      return Spread.of(
              samples.stream().mapToDouble(s -> s.residentBytes() - s.heapBytes()).toArray())
          .median();
    }
  }

  static TrainerReport of(
      List<String> command,
      Instant started,
      Instant finished,
      TrainerPlan plan,
      List<Steps> steps,
      List<Storage> storage,
      Memory memory) {
    return new TrainerReport(
        command,
        started,
        finished,
        LoopReport.machineFacts(),
        plan,
        plan.sizes().stream().map(size -> network(size, plan.network(size))).toList(),
        List.copyOf(steps),
        List.copyOf(storage),
        memory);
  }

  private static Network network(String size, NetworkConfig shape) {
    return new Network(size, shape.parameterCount(), shape.layerMatrixParameters(), shape);
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    for (Steps step : steps) {
      double ratio = step.overFloor().median();
      String verdict =
          !step.size().equals(ACCEPTED_SIZE)
              ? ""
              : (ratio <= MOST_OF_FLOOR ? " <= " : " MISSES ") + MOST_OF_FLOOR;
      lines.add(
          String.format(
              Locale.ROOT,
              "%-5s %-5s %8.3f s a step, %,8.0f tokens/s, %.2f of the floor [%.2f, %.2f]%s",
              step.size(),
              step.loss(),
              step.seconds().median(),
              step.tokensPerSecond().median(),
              ratio,
              step.overFloor().min(),
              step.overFloor().max(),
              verdict));
    }
    for (Storage stored : storage) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-5s checkpoint saved in %.3f s, restored in %.3f s; exported in %.3f s, %,d bytes",
              stored.size(),
              stored.saveSeconds(),
              stored.restoreSeconds(),
              stored.exportSeconds(),
              stored.graphBytes()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%-5s native memory grew by %.1f %% over %,d steps%s",
            memory.size(),
            100 * memory.nativeGrowth(),
            memory.steps(),
            memory.nativeGrowth() <= MOST_GROWTH ? "" : ": NOT FLAT"));
    return lines;
  }
}
