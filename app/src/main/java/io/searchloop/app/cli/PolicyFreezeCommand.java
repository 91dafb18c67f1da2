package io.searchloop.app.cli;

import io.searchloop.schemas.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop policy freeze}. */
@Command(
    name = "freeze",
    description = "Suspends promotions and trials; what serves goes on, rollbacks work.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy freeze --why 'sale until Monday'"})
final class PolicyFreezeCommand implements Callable<Integer> {
  @Mixin private ControlOptions control = new ControlOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return control.decide(spec, ControlAction.FREEZE, -1, 0);
  }
}
