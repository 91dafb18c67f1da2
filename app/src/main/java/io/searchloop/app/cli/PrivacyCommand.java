package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop privacy}: whom the loop knows, and forgets. */
@Command(
    name = "privacy",
    description = "Makes keys that hide who visitors are, and has a visitor forgotten.",
    mixinStandardHelpOptions = true,
    subcommands = {PrivacyKeyCommand.class, PrivacyEraseCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./searchloop privacy key --file keys/pseudonyms",
      "  ./searchloop privacy erase --client 4711 --pseudonym-keys keys/pseudonyms"
    })
final class PrivacyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
