package io.searchloop.app.cli;

import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop policy rollback}: appends the decision, then reads the verdict back. */
@Command(
    name = "rollback",
    description = "Puts an earlier version back on every worker and begins a new lineage.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./searchloop policy rollback --to-offset 4 --why 'null results doubled since 11:40'"
    })
final class PolicyRollbackCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--to-offset",
      required = true,
      paramLabel = "VERSION",
      description = "Policy version to put back: its offset, see `policy list`.")
  private long version;

  @Option(
      names = "--why",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "Reason, kept in the control log.")
  private String why = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PolicyHistory before = PolicyHistory.read(connection.bootstrap, connection.serdes());
    Verdict verdict;
    try (ControlWriter writer =
        new ControlWriter(connection.bootstrap, connection.serdes(), InstantSource.system())) {
      verdict =
          writer.decide(
              ControlAction.ROLLBACK,
              version,
              System.getProperty("user.name", "operator"),
              why,
              before.control().head().headOffset());
    }
    if (!verdict.effective()) {
      spec.commandLine()
          .getErr()
          .println("Rollback to " + version + " is void: " + verdict.reason());
      return ExitCode.FAILED;
    }
    spec.commandLine()
        .getOut()
        .printf("Version %d is active again; lineage %d began.%n", version, verdict.offset());
    return ExitCode.OK;
  }
}
