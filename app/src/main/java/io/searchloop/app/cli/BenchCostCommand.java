package io.searchloop.app.cli;

import io.searchloop.app.fleet.CostPlan;
import io.searchloop.app.fleet.CostRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench cost}. */
@Command(
    name = "cost",
    description = {
      "CPU time and disk of a search through the whole loop: each component a process, one worker,"
          + " simulated shoppers.",
      "Settings of the loop may be given as for demo."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop bench cost --report cost.json",
      "  ./searchloop bench cost --minutes 10 --shoppers.searches-per-second 40"
    })
final class BenchCostCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long is measured (default: ${DEFAULT-VALUE}).")
  private int minutes = 5;

  @Mixin private FleetRunOptions fleet = new FleetRunOptions();
  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  BenchCostCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    CostPlan plan =
        StudyOptions.plan(
            spec,
            () ->
                new CostPlan(
                    fleet.warmUp(), Duration.ofMinutes(minutes), fleet.seed(), settings.values()));
    return options.run(
        spec,
        "cost",
        (folder, progress, command) ->
            new CostRun(plan, folder, InstantSource.system(), progress).call(command));
  }
}
