package io.searchloop.app.cli;

import io.searchloop.app.fleet.UpgradePlan;
import io.searchloop.app.fleet.UpgradeRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop bench upgrade}. */
@Command(
    name = "upgrade",
    description = {
      "Runs the loop in an older version, each component a process, replaces one after another by"
          + " this version while simulated shoppers shop, and audits the topics.",
      "Settings of the loop may be given as for demo; both versions must know them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a promise did not hold.",
      "",
      "Examples:",
      "  git worktree add ../older v1.2 && (cd ../older && ./searchloop --version)",
      "  ./searchloop bench upgrade --from ../older --report upgrade.json"
    })
final class BenchUpgradeCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "A built checkout of the older version.")
  private Path from = Path.of("");

  @Option(
      names = "--between",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description = "Shopping between two replacements (default: ${DEFAULT-VALUE}).")
  private Duration between = Duration.ofMinutes(1);

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Workers that serve, 2 at least (default: ${DEFAULT-VALUE}).")
  private int workers = 2;

  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  BenchUpgradeCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    UpgradePlan plan =
        StudyOptions.plan(
            spec, () -> new UpgradePlan(from, between, workers, seed.value(), settings.values()));
    return options.run(
        spec,
        "upgrade",
        (folder, progress, command) ->
            new UpgradeRun(plan, folder, InstantSource.system(), progress).call(command));
  }
}
