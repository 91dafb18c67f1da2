package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop policy canary}. */
@Command(
    name = "canary",
    description = "Serves a version to a share of visitors, always the same ones.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./searchloop policy canary 12 --percent 5 --why 'first real traffic'"
    })
final class PolicyCanaryCommand implements Callable<Integer> {
  @Mixin private ControlOptions control = new ControlOptions();

  @Parameters(paramLabel = "VERSION", description = "Policy version: its offset.")
  private long version;

  @Option(
      names = "--percent",
      required = true,
      paramLabel = "N",
      description = "Share of visitors, 1 to 100.")
  private int percent;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.CANARY, version, percent);
  }
}
