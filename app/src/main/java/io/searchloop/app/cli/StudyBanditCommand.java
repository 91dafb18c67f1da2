package io.searchloop.app.cli;

import io.searchloop.app.study.bandit.BanditPlan;
import io.searchloop.app.study.bandit.BanditReport;
import io.searchloop.app.study.bandit.BanditStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study bandit}. */
@Command(
    name = "bandit",
    description = {
      "Lets a bandit choose among strategy arms for simulated shoppers on test queries: regret,"
          + " robots, a change of catalogue, and estimates of policies that never ran.",
      "Writes report.json and charts. The same command goes on where it was stopped, seed by seed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop study bandit --dataset data/datasets/homedepot --out DIR --seeds 1,2,3",
      "  ./searchloop study bandit --dataset DIR --out DIR --policy 'runs/seed-{seed}/warm-start'"
    })
final class StudyBanditCommand implements Callable<Integer> {
  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--arms",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "identity,synonyms,spell",
      description =
          "Strategies as evaluate names them, identity first (default: ${DEFAULT-VALUE}).")
  private List<String> arms = List.of();

  @Option(
      names = "--policy",
      paramLabel = "DIR",
      defaultValue = "",
      description =
          "Policy directory of one arm more, neural, decoded greedily; {seed} stands for the seed.")
  private String policy = "";

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "60000",
      description = "Searches of an online run (default: ${DEFAULT-VALUE}).")
  private int searches;

  @Option(
      names = "--searches-per-day",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How fast they come (default: ${DEFAULT-VALUE}).")
  private int perDay;

  @Option(
      names = "--logged",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Searches of each log to estimate from (default: ${DEFAULT-VALUE}).")
  private int logged;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "100",
      description = "Logs of every seed (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    BanditReport report =
        new BanditStudy(plan(), study::dataset, this::policy, study.out(), console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, file -> report.write(study.out()));
  }

  private @Nullable Path policy(long seed) {
    return policy.isEmpty() ? null : Path.of(policy.replace("{seed}", Long.toString(seed)));
  }

  private BanditPlan plan() {
    List<String> names = new ArrayList<>(arms);
    if (!policy.isEmpty()) {
      names.add(BanditPlan.NEURAL);
    }
    return StudyOptions.plan(
        spec, () -> new BanditPlan(study.seeds(), names, searches, perDay, logged, repetitions));
  }
}
