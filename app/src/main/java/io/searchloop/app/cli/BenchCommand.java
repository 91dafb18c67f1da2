package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop bench}. */
@Command(
    name = "bench",
    description = "Measures the loop's parts on this machine, with everything they really use.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchAttributionCommand.class,
      BenchCostCommand.class,
      BenchFreshnessCommand.class,
      BenchHaltsCommand.class,
      BenchHealthCommand.class,
      BenchPublishCommand.class,
      BenchRollbackCommand.class,
      BenchServingCommand.class,
      BenchSoakCommand.class,
      BenchSwapCommand.class,
      BenchTrainerCommand.class,
      BenchUpgradeCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./searchloop bench serving",
      "  ./searchloop bench attribution --report report.json"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
