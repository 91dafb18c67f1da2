package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop keys}: who may release. */
@Command(
    name = "keys",
    description = "Makes a key that signs releases, and shows the keys that workers trust.",
    mixinStandardHelpOptions = true,
    subcommands = {KeysInitCommand.class, KeysListCommand.class},
    footer = {"", "Examples:", "  ./searchloop keys init", "  ./searchloop keys list"})
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
