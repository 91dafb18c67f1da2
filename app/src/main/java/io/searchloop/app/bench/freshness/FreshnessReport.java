package io.searchloop.app.bench.freshness;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Latency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long it takes until a click has changed what others are shown.
 *
 * @param command the command line
 * @param traffic who clicked
 * @param machine processors, memory, Java
 * @param clicks clicks seen
 * @param rewarded of them, those in a base tuple of the policy arm
 * @param followed of them, those followed to a decision; the others' groups were flat, or were
 *     packed or released after the end
 * @param releases releases seen
 * @param stages seconds of each stage
 * @param machinery seconds of all stages but the waits that window and traffic ask for
 * @param total seconds from click to decision
 */
public record FreshnessReport(
    List<String> command,
    String traffic,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    FreshnessPlan plan,
    int clicks,
    long rewarded,
    int followed,
    int releases,
    Map<FreshnessStage, Latency> stages,
    Latency machinery,
    Latency total)
    implements BenchReport {
  private static final double BOUND_SECONDS = 10;

  /** A table, and the answer. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    lines.add(traffic);
    lines.add(
        "%,d clicks, %,d rewarded in the policy arm, %,d followed to a decision, %d releases."
            .formatted(clicks, rewarded, followed, releases));
    lines.add("%-18s %8s %8s %8s %8s".formatted("seconds", "p50", "p95", "p99", "most"));
    stages.forEach(
        (stage, latency) ->
            lines.add(
                latency.row(
                    stage.name().toLowerCase(java.util.Locale.ROOT)
                        + (stage.counted() ? "" : " *"))));
    lines.add(machinery.row("without *"));
    lines.add(total.row("click to decision"));
    lines.add(
        "Without the waits marked * p95 is %.1f s, %.0f s were asked for: %s."
            .formatted(machinery.p95(), BOUND_SECONDS, met() ? "met" : "NOT met"));
    return lines;
  }

  /** Whether 95 % take the ten seconds asked for at most. */
  @Override
  public boolean met() {
    return machinery.p95() <= BOUND_SECONDS;
  }
}
