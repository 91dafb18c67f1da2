package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop policy unfreeze}. */
@Command(
    name = "unfreeze",
    description = "Allows promotions and trials again.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy unfreeze"})
final class PolicyUnfreezeCommand implements Callable<Integer> {
  @Mixin private ControlOptions control = new ControlOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.UNFREEZE, -1, 0);
  }
}
