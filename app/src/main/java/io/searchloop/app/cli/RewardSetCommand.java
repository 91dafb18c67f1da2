package io.searchloop.app.cli;

import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.app.reward.RewardChange;
import io.searchloop.app.reward.RewardProposal;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.serde.Serdes;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code searchloop reward set}: appends a configuration that prices impressions from an instant
 * on. It must be written before it takes effect, or two readers of the log would price differently.
 */
@Command(
    name = "set",
    description =
        "Schedules a reward configuration: the last one in the schedule with the changes given."
            + " Impressions before it keep their prices.",
    mixinStandardHelpOptions = true,
    modelTransformer = RewardFields.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  ./searchloop reward set --click 2 --effective-from PT5M",
      "  ./searchloop reward set --purchase-cap 50 --effective-from 2030-01-01T00:00:00Z --yes"
    })
final class RewardSetCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--effective-from",
      required = true,
      paramLabel = "WHEN",
      description = "From when on: an instant, or a duration from now.")
  private String effectiveFrom = "";

  @Option(names = "--yes", description = "Append without asking.")
  private boolean yes;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Instant now = InstantSource.system().instant();
    Instant from = RewardProposal.instant(effectiveFrom, now);
    Serdes serdes = connection.serdes();
    RewardSchedule schedule = RewardConfigLog.read(connection.brokers(), serdes).schedule();
    List<RewardConfig> configs = schedule.configs();
    RewardConfig last = configs.get(configs.size() - 1);
    RewardConfig wanted = RewardChange.changed(last, from, RewardFields.given(spec));

    PrintWriter out = spec.commandLine().getOut();
    Optional<String> refusal = RewardProposal.refusal(schedule, wanted, now);
    if (refusal.isPresent()) {
      spec.commandLine().getErr().println(refusal.get());
      return ExitCode.FAILED;
    }
    out.println("Changes against the configuration of " + last.getEffectiveFrom() + ":");
    RewardChange.differences(last, wanted).forEach(line -> out.println("  " + line));
    out.flush();
    if (!yes && !confirmed()) {
      out.println("Nothing was written.");
      out.flush();
      return ExitCode.FAILED;
    }
    long offset = RewardConfigLog.append(connection.brokers(), serdes, wanted);
    out.printf("Written at offset %d; in force from %s on.%n", offset, from);
    out.flush();
    return ExitCode.OK;
  }

  private boolean confirmed() {
    @Nullable Console console = System.console();
    if (console == null) {
      throw new IllegalStateException(
          "No terminal to ask at. Add --yes to append the configuration without being asked.");
    }
    String answer = console.readLine("Append it? [y/N] ");
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
