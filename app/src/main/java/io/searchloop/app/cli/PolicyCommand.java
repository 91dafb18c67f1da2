package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code searchloop policy}: what was released, what is active, and putting an earlier one back.
 */
@Command(
    name = "policy",
    description =
        "Lists policy versions, tries and promotes them, puts one back by its topic offset, imports and"
            + " exports one, looks into one, prunes what none needs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyListCommand.class,
      PolicyShowCommand.class,
      PolicyPromoteCommand.class,
      PolicyShadowCommand.class,
      PolicyCanaryCommand.class,
      PolicyRollbackCommand.class,
      PolicyFreezeCommand.class,
      PolicyUnfreezeCommand.class,
      PolicyImportCommand.class,
      PolicyExportCommand.class,
      PolicyLogitsCommand.class,
      PolicyPruneCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./searchloop policy list",
      "  ./searchloop policy rollback --to-offset 4 --why \"null results\""
    })
final class PolicyCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
