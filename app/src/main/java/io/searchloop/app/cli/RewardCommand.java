package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop reward}: what outcomes are worth, now and from when on. */
@Command(
    name = "reward",
    description = "Lists reward configurations and schedules a new one.",
    mixinStandardHelpOptions = true,
    subcommands = {RewardListCommand.class, RewardSetCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./searchloop reward list",
      "  ./searchloop reward set --click 2 --effective-from PT1M"
    })
final class RewardCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
