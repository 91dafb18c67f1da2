package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop policy promote}. */
@Command(
    name = "promote",
    description = "Serves a version to everyone; ends the trial of it and of older ones.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy promote 12 --why 'measured by hand'"})
final class PolicyPromoteCommand implements Callable<Integer> {
  @Mixin private ControlOptions control = new ControlOptions();

  @Parameters(paramLabel = "VERSION", description = "Policy version: its offset.")
  private long version;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.PROMOTE, version, 0);
  }
}
