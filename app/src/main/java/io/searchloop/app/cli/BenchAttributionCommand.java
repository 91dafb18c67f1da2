package io.searchloop.app.cli;

import io.searchloop.app.bench.attribution.AttributionBench;
import io.searchloop.app.bench.attribution.AttributionPlan;
import io.searchloop.app.bench.attribution.Contender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench attribution}. */
@Command(
    name = "attribution",
    description =
        "Throughput and CPU of the reward job beside a job that only passes records through, on"
            + " heap and on RocksDB, with more and more impressions open.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Everything on this machine is measured: let nothing else run. Topics, checkpoints and logs",
      "lie in a new folder below --data-dir, deleted at the end.",
      "",
      "Examples:",
      "  ./searchloop bench attribution --report f.json",
      "  ./searchloop bench attribution --report f.json --profile profiles",
      "  ./searchloop bench attribution --open 100000 --rounds 10",
      "  ./searchloop bench attribution --open 1000000 --only reward-rocksdb --rounds 1 --profile p",
      "  ./searchloop bench attribution --quick"
    })
final class BenchAttributionCommand implements Callable<Integer> {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often everything is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds before, which do not count (default: ${DEFAULT-VALUE}).")
  private int warmUpRounds = 5;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Contenders to run, to look into one of them: pass-through, reward-heap,"
              + " pass-through-local, reward-rocksdb (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Interval of checkpoints (default: ${DEFAULT-VALUE}).")
  private int checkpointSeconds = 15;

  @Option(
      names = "--open",
      paramLabel = "N",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description =
          "How many impressions are open; jobs are compared at 100000, or at the first"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Long> open = List.of();

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "300000",
      description =
          "Searches of each run once they are open; four and a half records each"
              + " (default: ${DEFAULT-VALUE}).")
  private long searches = 300_000;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "4g",
      description =
          "Heap of each of the four processes with Flink, as -Xmx takes it"
              + " (default: ${DEFAULT-VALUE}).")
  private String heap = "4g";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "Record further runs for JDK Mission Control there, and sum them up.")
  private @Nullable Path profile;

  @Option(
      names = "--quick",
      description = "A few thousand records once: shows that everything works, not how fast.")
  private boolean quick;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    AttributionPlan plan =
        quick
            ? AttributionPlan.quick(seed, profile)
            : AttributionPlan.full(
                Contender.named(only),
                warmUpRounds,
                rounds,
                open,
                searches,
                Duration.ofSeconds(checkpointSeconds),
                heap,
                seed,
                profile);
    return options.run(
        spec,
        "attribution",
        (folder, progress, command) ->
            new AttributionBench(plan, folder, InstantSource.system(), progress).call(command));
  }
}
