package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop users}: who may open console and workers. */
@Command(
    name = "users",
    description = "Keeps the file of those who may look at console and workers, or decide there.",
    mixinStandardHelpOptions = true,
    subcommands = {UsersAddCommand.class, UsersListCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./searchloop users add --name anna --role operator",
      "  ./searchloop users list"
    })
final class UsersCommand implements Runnable {
  static final String FILE = "keys/users";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
