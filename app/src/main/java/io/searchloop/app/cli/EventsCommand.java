package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop events}: storefront events in files. */
@Command(
    name = "events",
    description = "Checks storefront events of files and streams, and sends them.",
    mixinStandardHelpOptions = true,
    subcommands = {EventsValidateCommand.class, EventsSendCommand.class})
final class EventsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
