package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop topics}: what administrators of Kafka need to know. */
@Command(
    name = "topics",
    description = "What administrators of Kafka need to know about the loop's topics.",
    mixinStandardHelpOptions = true,
    subcommands = {TopicsAclsCommand.class},
    footer = {"", "Example:", "  ./searchloop topics acls --output commands"})
final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
