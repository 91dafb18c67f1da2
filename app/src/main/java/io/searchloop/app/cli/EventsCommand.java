package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop events}: storefront events in files. */
@Command(
    name = "events",
    description = "Checks storefront events of files and streams, and sends them.",
    mixinStandardHelpOptions = true,
    subcommands = {EventsValidateCommand.class, EventsSendCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./searchloop events validate events.jsonl",
      "  ./searchloop events send events.jsonl --url http://127.0.0.1:8080"
    })
final class EventsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
