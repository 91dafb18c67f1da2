package io.searchloop.app.cli;

import io.searchloop.app.fleet.SoakPlan;
import io.searchloop.app.fleet.SoakRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench soak}. */
@Command(
    name = "soak",
    description = {
      "Memory, lag, checkpoints and disk of the whole loop over hours, each component a process, and"
          + " a rush of searches at the end.",
      "Settings of the loop may be given as for demo."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a search failed before the rush, or was neither answered nor shed in it,",
      "or a process ended.",
      "",
      "Examples:",
      "  ./searchloop bench soak --report soak.json",
      "  ./searchloop bench soak --minutes 10 --rate 10 --rush 5"
    })
final class BenchSoakCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "120",
      description = "How long is judged (default: ${DEFAULT-VALUE}).")
  private int minutes = 120;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20",
      description = "Searches a second of the shoppers (default: ${DEFAULT-VALUE}).")
  private double rate = 20;

  @Option(
      names = "--rush",
      paramLabel = "TIMES",
      defaultValue = "5",
      description =
          "Times the rate that comes besides for a minute at the end; 0 for no rush"
              + " (default: ${DEFAULT-VALUE}).")
  private int rush = 5;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "PT30S",
      description = "Between two looks (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ofSeconds(30);

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "PT20M",
      description = "Of topics that expire, in this run (default: ${DEFAULT-VALUE}).")
  private Duration retention = Duration.ofMinutes(20);

  @Mixin private FleetRunOptions fleet = new FleetRunOptions();
  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  BenchSoakCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    SoakPlan plan =
        StudyOptions.plan(
            spec,
            () ->
                new SoakPlan(
                    fleet.warmUp(),
                    Duration.ofMinutes(minutes),
                    interval,
                    rate,
                    rush,
                    Duration.ofMinutes(1),
                    retention,
                    fleet.seed(),
                    settings.values()));
    return options.run(
        spec,
        "soak",
        (folder, progress, command) ->
            new SoakRun(plan, folder, InstantSource.system(), progress).call(command));
  }
}
