package io.searchloop.app.fleet;

import io.searchloop.app.bench.BenchReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an upgrade under way did to the loop.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param steps what was replaced, in this order
 * @param promises whether they held
 */
public record UpgradeReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    UpgradePlan plan,
    List<Step> steps,
    Promises promises)
    implements BenchReport {

  /**
   * A replacement.
   *
   * @param name component, or several that come together
   * @param awayMs from its end until everything did its work again
   */
  public record Step(String name, long awayMs) {}

  public UpgradeReport {
    steps = List.copyOf(steps);
  }

  @Override
  public boolean met() {
    return promises.held();
  }

  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    steps.forEach(
        step -> lines.add("%-10s replaced, %5.1f s".formatted(step.name(), step.awayMs() / 1e3)));
    lines.addAll(promises.lines());
    return lines;
  }
}
