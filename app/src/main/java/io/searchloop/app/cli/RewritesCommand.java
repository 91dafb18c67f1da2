package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop rewrites}: what shoppers made of rewrites. */
@Command(
    name = "rewrites",
    description = "What a loop has learned, for search engines that rewrite by rules.",
    mixinStandardHelpOptions = true,
    subcommands = {RewritesExportCommand.class},
    footer = {
      "",
      "Example:",
      "  ./searchloop rewrites export --format synonyms --out synonyms.txt"
    })
final class RewritesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
