package io.searchloop.app.fleet;

import io.searchloop.app.audit.AuditReport;
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
 * @param searches that shoppers asked
 * @param retried searches and batches of events that a second worker was asked for
 * @param failed searches that the second worker did not answer either
 * @param withoutPolicy searches answered as typed because no policy was there in time
 * @param eventsTaken events that a worker confirmed
 * @param evidence what the topics say
 * @param audit the audit of the topics
 */
public record UpgradeReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    UpgradePlan plan,
    List<Step> steps,
    long searches,
    long retried,
    long failed,
    long withoutPolicy,
    long eventsTaken,
    Evidence evidence,
    AuditReport audit)
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
    return audit.clean()
        && evidence.eventsMissing() == 0
        && evidence.unverified().isEmpty()
        && failed == 0;
  }

  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    steps.forEach(
        step -> lines.add("%-10s replaced, %5.1f s".formatted(step.name(), step.awayMs() / 1e3)));
    lines.add("events confirmed %,d, lost %d".formatted(eventsTaken, evidence.eventsMissing()));
    lines.add(
        "tuples %,d, minibatches accounted for %,d, violations of the audit %d"
            .formatted(audit.tuples(), audit.minibatches(), audit.violations().size()));
    audit.violations().forEach(violation -> lines.add("  " + violation));
    lines.add(
        "searches %,d, asked a second worker %,d (with batches of events), failed there too %d, answered as typed for want of a policy %,d, without a decision on the log %,d"
            .formatted(searches, retried, failed, withoutPolicy, evidence.decisionsMissing()));
    lines.add(
        "policy versions served %d, of them not verified %d"
            .formatted(evidence.versionsServed().size(), evidence.unverified().size()));
    lines.add(met() ? "All promises held." : "A promise did NOT hold.");
    return lines;
  }
}
