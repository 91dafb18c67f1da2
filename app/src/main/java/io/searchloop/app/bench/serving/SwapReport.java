package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Spread;
import io.searchloop.app.report.LoopReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What shoppers notice of swaps, with everything needed to measure it again.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param load what happened to the requests
 * @param swapMillis from the decision to the first request that could meet the new version
 * @param scored decisions scored again
 * @param sessions opened and closed
 * @param residentBytes of the worker after each swap
 * @param growth of it, from the median of the second fifth to that of the last
 */
public record SwapReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    SwapPlan plan,
    Load load,
    Spread swapMillis,
    ScoredDecisions scored,
    Sessions sessions,
    List<Long> residentBytes,
    double growth)
    implements BenchReport {
  private static final double MOST_IN_WINDOW = 1.5;
  private static final double MOST_GROWTH = .05;

  /**
   * Requests, after the first seconds.
   *
   * @param requests all of them
   * @param failed without an answer of the policy: errors, and queries answered as typed
   * @param late answered after the deadline, counted from their arrival
   * @param inWindows of them during a swap
   * @param steadyP50 in milliseconds, outside the windows
   * @param steadyP99 in milliseconds, outside the windows
   * @param windowP50 in milliseconds, in the windows
   * @param windowP99 in milliseconds, in the windows
   */
  public record Load(
      int requests,
      int failed,
      int late,
      int inWindows,
      double steadyP50,
      double steadyP99,
      double windowP50,
      double windowP99) {
    double windowOverSteady() {
      return windowP99 / steadyP99;
    }
  }

  /**
   * Sessions of the active slot.
   *
   * @param opened put to work
   * @param closed after their last lease
   * @param live at the end
   */
  public record Sessions(long opened, long closed, long live) {
    boolean balanced() {
      return opened == closed + live;
    }
  }

  static SwapReport of(
      List<String> command,
      Instant started,
      Instant finished,
      SwapPlan plan,
      Load load,
      Spread swapMillis,
      ScoredDecisions scored,
      Sessions sessions,
      List<Long> residentBytes) {
    int fifth = Math.max(1, residentBytes.size() / 5);
    double early = median(residentBytes.subList(fifth, Math.min(2 * fifth, residentBytes.size())));
    double late = median(residentBytes.subList(residentBytes.size() - fifth, residentBytes.size()));
    return new SwapReport(
        command,
        started,
        finished,
        LoopReport.machineFacts(),
        plan,
        load,
        swapMillis,
        scored,
        sessions,
        List.copyOf(residentBytes),
        late / early - 1);
  }

  private static double median(List<Long> bytes) {
    return Spread.of(bytes.stream().mapToDouble(Long::doubleValue).toArray()).median();
  }

  /** Nothing failed, nothing was late, and every decision names the session that scored it. */
  @Override
  public boolean met() {
    return load.failed() == 0
        && load.late() == 0
        && scored.disagreeing() == 0
        && sessions.balanced();
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%d swaps, %.0f ms each (median), %,d requests: %d failed, %d late; %,d in swap windows.",
            plan.swaps(),
            swapMillis.median(),
            load.requests(),
            load.failed(),
            load.late(),
            load.inWindows()),
        String.format(
            Locale.ROOT,
            "p50 %.1f ms, p99 %.1f ms; in swap windows %.1f and %.1f: %.2f of steady, asked at most %.2f%s.",
            load.steadyP50(),
            load.steadyP99(),
            load.windowP50(),
            load.windowP99(),
            load.windowOverSteady(),
            MOST_IN_WINDOW,
            load.windowOverSteady() <= MOST_IN_WINDOW ? "" : ": MISSED"),
        String.format(
            Locale.ROOT,
            "%,d rollouts of %,d decisions scored again by the version they name: %d differ"
                + " (largest %.1e), %d prove nothing.",
            scored.rollouts(),
            scored.decisions(),
            scored.disagreeing(),
            scored.largestDifference(),
            scored.ambiguous()),
        String.format(
            Locale.ROOT,
            "Sessions: %d opened, %d closed, %d live. Memory grew by %.1f %%%s.",
            sessions.opened(),
            sessions.closed(),
            sessions.live(),
            100 * growth,
            growth <= MOST_GROWTH ? "" : ": NOT FLAT"),
        met() ? "Clean." : "NOT CLEAN.");
  }
}
