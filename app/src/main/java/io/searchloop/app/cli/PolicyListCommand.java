package io.searchloop.app.cli;

import io.searchloop.app.log.ChunkInventory;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.release.PolicyProvenance;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop policy list}. */
@Command(
    name = "list",
    description = "Every release and refusal with its lineage, step and provenance.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy list --output json"})
final class PolicyListCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--chunks",
      description = "Also say which artifacts are whole, pruned or incomplete; reads all of them.")
  private boolean chunks;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PolicyHistory history = PolicyHistory.read(connection.brokers(), connection.serdes());
    Optional<ChunkInventory> inventory =
        chunks ? Optional.of(ChunkInventory.read(connection.brokers())) : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(
          output.json(
              Map.of("head", history.control().head(), "releases", rows(history, inventory))));
    } else {
      table(out, history, inventory);
    }
    return ExitCode.OK;
  }

  private static void table(
      PrintWriter out, PolicyHistory history, Optional<ChunkInventory> inventory) {
    PolicyHead head = history.control().head();
    out.printf(
        "%1s %8s %8s %6s %8s  %-10s %-19s  %-17s %s%n",
        "", "version", "lineage", "step", "parent", "origin", "committed (UTC)", "minibatches", "");
    for (PolicyHistory.Release release : history.releases()) {
      PolicyProvenance provenance = release.manifest().provenance();
      out.printf(
          "%1s %8d %8d %6d %8d  %-10s %-19s  %-17s %s%n",
          release.version() == head.activeVersion() ? "*" : "",
          release.version(),
          release.manifest().lineage(),
          release.manifest().step(),
          release.manifest().parentVersion(),
          provenance.origin(),
          TIME.format(Instant.ofEpochMilli(release.appendedAtMs())),
          "[" + provenance.fromMinibatch() + ", " + provenance.toMinibatch() + ")",
          release.released()
              ? kind(release) + pieces(release, inventory).map(found -> ", " + found).orElse("")
              : "REFUSED: " + release.reason());
    }
    out.printf(
        "* active. Lineage %d%s. Roll back: ./searchloop policy rollback --to-offset VERSION%n",
        head.lineage(), head.frozen() ? ", frozen" : "");
  }

  private static List<Map<String, Object>> rows(
      PolicyHistory history, Optional<ChunkInventory> inventory) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (PolicyHistory.Release release : history.releases()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("version", release.version());
      row.put("status", release.status().name());
      row.put("committed_at_ms", release.appendedAtMs());
      row.put("reason", release.reason());
      row.put("manifest", release.manifest());
      if (release.released()) {
        pieces(release, inventory).ifPresent(found -> row.put("pieces", found));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String kind(PolicyHistory.Release release) {
    return release.manifest().base().map(base -> "delta upon " + base.version()).orElse("keyframe");
  }

  private static Optional<String> pieces(
      PolicyHistory.Release release, Optional<ChunkInventory> inventory) {
    return inventory.map(found -> found.of(release.manifest()).name().toLowerCase(Locale.ROOT));
  }
}
