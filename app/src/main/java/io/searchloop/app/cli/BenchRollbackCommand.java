package io.searchloop.app.cli;

import io.searchloop.app.bench.serving.RollbackBench;
import io.searchloop.app.bench.serving.RollbackPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench rollback}. */
@Command(
    name = "rollback",
    description =
        "From a rollback to the moment that the last of several worker processes serves its target,"
            + " also while a transaction is open on the topics that jobs and trainer write.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when more than one rollback in a hundred takes a second or more.",
      "",
      "Examples:",
      "  ./searchloop bench rollback --workers 3 --report f.json",
      "  ./searchloop bench rollback --quick"
    })
final class BenchRollbackCommand implements Callable<Integer> {
  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Worker processes (default: ${DEFAULT-VALUE}).")
  private int workers = 3;

  @Option(
      names = "--rollbacks",
      paramLabel = "N",
      defaultValue = "200",
      description = "Rollbacks, half with an open transaction (default: ${DEFAULT-VALUE}).")
  private int rollbacks = 200;

  @Option(
      names = "--pause",
      paramLabel = "DURATION",
      defaultValue = "PT0.2S",
      description = "Pause between two (default: ${DEFAULT-VALUE}).")
  private Duration pause = Duration.ofMillis(200);

  @Option(
      names = "--quick",
      description = "A tiny policy: shows that everything works, not how fast.")
  private boolean quick;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    RollbackPlan plan = new RollbackPlan(workers, rollbacks, pause, quick);
    return options.run(
        spec,
        "rollback",
        (folder, progress, command) ->
            new RollbackBench(plan, folder, DemoCommand.cache(), InstantSource.system(), progress)
                .call(command));
  }
}
