package io.searchloop.app.cli;

import io.searchloop.app.log.PolicyPruning;
import io.searchloop.app.log.PolicyPruning.Freed;
import io.searchloop.policy.control.ReleaseRetention;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop policy prune}. */
@Command(
    name = "prune",
    description = {
      "Deletes the artifacts of releases nobody needs from Kafka; their records stay.",
      "Kept are: what is served, the first release, the newest ones and those last decided about,"
          + " every version that was rolled back to, pinned ones, and the bases of deltas among them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Pruned versions can be neither activated nor rolled back to. The broker frees the disk when",
      "it next compacts policy.chunks.v1.",
      "",
      "Examples:",
      "  ./searchloop policy prune --dry-run",
      "  ./searchloop policy prune --keep 20 --pin 4,711"
    })
final class PolicyPruneCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Newest releases, and last ones decided about, to keep (default: ${DEFAULT-VALUE}).")
  private int keep = 8;

  @Option(
      names = "--pin",
      paramLabel = "VERSION",
      split = ",",
      description = "Versions to keep besides.")
  private Set<Long> pinned = Set.of();

  @Option(names = "--dry-run", description = "Say what would be freed, and free nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PolicyPruning pruning =
        PolicyPruning.plan(
            connection.brokers(), connection.serdes(), new ReleaseRetention(keep, pinned));
    if (!dryRun) {
      pruning.execute(connection.brokers());
    }
    show(pruning);
    return ExitCode.OK;
  }

  private void show(PolicyPruning pruning) {
    PrintWriter out = spec.commandLine().getOut();
    List<Freed> freed = pruning.freed();
    Set<Long> kept = pruning.kept();
    if (output.isJson()) {
      out.println(
          output.json(
              Map.of(
                  "dry_run", dryRun,
                  "freed", freed,
                  "freed_bytes", pruning.bytes(),
                  "kept", kept)));
      return;
    }
    freed.forEach(release -> out.printf("%8d  %,15d bytes%n", release.version(), release.bytes()));
    out.printf(
        "%s %,d bytes of %d releases; %d are kept: %s%n",
        dryRun ? "Would free" : "Freed", pruning.bytes(), freed.size(), kept.size(), kept);
  }
}
