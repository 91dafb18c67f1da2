package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Latency;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How soon every worker serves the version that a rollback names.
 *
 * @param command the command line
 * @param machine processors, memory, Java
 * @param artifactBytes of the policy
 * @param undisturbed seconds from the command to the last worker
 * @param openTransaction the same while a transaction is open on the topics that jobs and trainer
 *     write
 * @param eachWorker seconds to any worker, both phases
 */
public record RollbackReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    RollbackPlan plan,
    long artifactBytes,
    Latency undisturbed,
    Latency openTransaction,
    Latency eachWorker)
    implements BenchReport {
  private static final double BOUND_SECONDS = 1;

  /** A table, and the answer. */
  @Override
  public List<String> conclusions() {
    return List.of(
        "%d workers in processes of their own, a policy of %,d bytes; %d rollbacks."
            .formatted(plan.workers(), artifactBytes, plan.rollbacks()),
        "%-18s %8s %8s %8s %8s".formatted("seconds", "p50", "p95", "p99", "most"),
        undisturbed.row("last worker"),
        openTransaction.row("open transaction"),
        eachWorker.row("each worker"),
        "p99 under %.0f s: %s.".formatted(BOUND_SECONDS, met() ? "met" : "NOT met"));
  }

  /** Whether the last worker obeys within a second, in 99 of 100 rollbacks of each phase. */
  @Override
  public boolean met() {
    return undisturbed.p99() < BOUND_SECONDS && openTransaction.p99() < BOUND_SECONDS;
  }
}
