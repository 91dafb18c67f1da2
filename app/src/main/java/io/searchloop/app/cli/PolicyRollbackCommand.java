package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
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
  @Mixin private ControlOptions control = new ControlOptions();

  @Option(
      names = "--to-offset",
      required = true,
      paramLabel = "VERSION",
      description = "Policy version to put back: its offset, see `policy list`.")
  private long version;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.ROLLBACK, version, 0);
  }
}
