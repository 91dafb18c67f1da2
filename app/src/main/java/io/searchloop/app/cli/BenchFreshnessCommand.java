package io.searchloop.app.cli;

import io.searchloop.app.bench.freshness.FreshnessBench;
import io.searchloop.app.bench.freshness.FreshnessPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench freshness}. */
@Command(
    name = "freshness",
    description =
        "From a click to the first decision of a policy that learned from it, stage by stage, on"
            + " the whole loop with simulated shoppers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when the machinery takes more than ten seconds for one click in twenty.",
      "",
      "Examples:",
      "  ./searchloop bench freshness --report f.json",
      "  ./searchloop bench freshness --minutes 10 --shoppers.searches-per-second 80"
    })
final class BenchFreshnessCommand implements Callable<Integer> {
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final Settings settings;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long clicks are noted (default: ${DEFAULT-VALUE}).")
  private double minutes = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description = "Traffic before that (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofMinutes(1);

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  BenchFreshnessCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    FreshnessPlan plan =
        FreshnessPlan.of(
            warmUp, Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE)), settings.values());
    return options.run(
        spec,
        "freshness",
        (folder, progress, command) ->
            new FreshnessBench(plan, folder, DemoCommand.cache(), InstantSource.system(), progress)
                .call(command));
  }
}
