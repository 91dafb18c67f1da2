package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop policy shadow}. */
@Command(
    name = "shadow",
    description = "Samples a version beside the active one; no shopper sees it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy shadow 12"})
final class PolicyShadowCommand implements Callable<Integer> {
  @Mixin private ControlOptions control = new ControlOptions();

  @Parameters(paramLabel = "VERSION", description = "Policy version: its offset.")
  private long version;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.SHADOW, version, 0);
  }
}
