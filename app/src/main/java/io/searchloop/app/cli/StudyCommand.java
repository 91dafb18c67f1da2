package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop study}. */
@Command(
    name = "study",
    description = "Answers a question about training again, and writes the table of its page.",
    mixinStandardHelpOptions = true,
    subcommands = {
      StudyValidityCommand.class,
      StudyRewritingCommand.class,
      StudyOnlineCommand.class,
      StudyBanditCommand.class,
      StudyRelevanceCommand.class,
      StudyClicksCommand.class,
      StudyDistillationCommand.class,
      StudyPreferencesCommand.class,
      StudySessionsCommand.class,
      StudyUpkeepCommand.class
    },
    footer = {"", "Example:", "  ./searchloop study rewriting --dataset DIR --out DIR"})
final class StudyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
