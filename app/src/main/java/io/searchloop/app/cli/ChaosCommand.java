package io.searchloop.app.cli;

import io.searchloop.app.fleet.ChaosPlan;
import io.searchloop.app.fleet.ChaosRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop chaos}. */
@Command(
    name = "chaos",
    description = {
      "Runs the loop as separate processes and kills, pauses, restarts, slows and cuts off each of"
          + " them, and fills their disks, at random moments. In the end the topics must prove that"
          + " nothing was lost, counted twice or trained twice.",
      "Settings of the loop may be given as for demo."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a promise did not hold. Disks are filled only for a user who may mount",
      "file systems (root), and only those made for this run.",
      "",
      "Examples:",
      "  ./searchloop chaos --minutes 5",
      "  ./searchloop chaos --minutes 40 --seed 3 --pace PT8S --report chaos.json --keep"
    })
final class ChaosCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long faults happen (default: ${DEFAULT-VALUE}).")
  private int minutes = 5;

  @Option(
      names = "--pace",
      paramLabel = "DURATION",
      defaultValue = "PT10S",
      description = "Mean time between two faults (default: ${DEFAULT-VALUE}).")
  private Duration pace = Duration.ofSeconds(10);

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Workers that serve, 2 at least (default: ${DEFAULT-VALUE}).")
  private int workers = 3;

  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  ChaosCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    ChaosPlan plan =
        StudyOptions.plan(
            spec,
            () ->
                new ChaosPlan(
                    Duration.ofMinutes(minutes), seed.value(), pace, workers, settings.values()));
    return options.run(
        spec,
        "chaos",
        (folder, progress, command) ->
            new ChaosRun(plan, folder, InstantSource.system(), progress).call(command));
  }
}
