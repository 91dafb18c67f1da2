package io.searchloop.app.health;

import io.searchloop.app.health.TrialRun.End;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How the trials of one kind of release ended.
 *
 * @param scenario the kind
 * @param runs trials
 * @param rolledBack ended by an alarm
 * @param causes metrics of the alarms, and how often
 * @param held for their sample ratio
 * @param promoted ended well
 * @param undecided given up
 * @param alarmed rolled back or held, as a share of the runs
 * @param alarmedLow lower end of its exact 95 % interval (Clopper and Pearson)
 * @param alarmedHigh upper end
 * @param naive trials in which a test for a single look would have raised an alarm
 * @param impressionsMedian searches of both arms until a trial ended, those given up left out
 * @param impressionsP90 the 90th percentile
 * @param candidateMedian searches of the candidate's visitors until then
 * @param candidateP90 the 90th percentile
 */
public record ScenarioFigures(
    Scenario scenario,
    int runs,
    long rolledBack,
    Map<String, Long> causes,
    long held,
    long promoted,
    long undecided,
    double alarmed,
    double alarmedLow,
    double alarmedHigh,
    long naive,
    long impressionsMedian,
    long impressionsP90,
    long candidateMedian,
    long candidateP90) {
  private static final double TAIL = .025;

  public ScenarioFigures {
    causes = Map.copyOf(causes);
  }

  static ScenarioFigures of(Scenario scenario, List<TrialRun> runs) {
    Map<String, Long> causes = new TreeMap<>();
    runs.stream()
        .filter(run -> run.end() == End.ROLLED_BACK)
        .forEach(run -> causes.merge(run.cause(), 1L, Long::sum));
    long rolledBack = count(runs, run -> run.end() == End.ROLLED_BACK);
    long held = count(runs, run -> run.end() == End.HELD);
    long alarmed = rolledBack + held;
    return new ScenarioFigures(
        scenario,
        runs.size(),
        rolledBack,
        causes,
        held,
        count(runs, run -> run.end() == End.PROMOTED),
        count(runs, run -> run.end() == End.UNDECIDED),
        alarmed / (double) runs.size(),
        low(alarmed, runs.size()),
        high(alarmed, runs.size()),
        count(runs, TrialRun::naive),
        quantile(runs, TrialRun::impressions, .5),
        quantile(runs, TrialRun::impressions, .9),
        quantile(runs, TrialRun::candidateImpressions, .5),
        quantile(runs, TrialRun::candidateImpressions, .9));
  }

  /** The figures in a line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-30s %5d runs: %5d rolled back %s, %5d held, %5d promoted, %5d undecided;"
            + " impressions %,d (p90 %,d), of the candidate %,d (p90 %,d); single-look test %d",
        scenario.name(),
        runs,
        rolledBack,
        causes,
        held,
        promoted,
        undecided,
        impressionsMedian,
        impressionsP90,
        candidateMedian,
        candidateP90,
        naive);
  }

  private static long count(List<TrialRun> runs, Predicate<TrialRun> which) {
    return runs.stream().filter(which).count();
  }

  private static long quantile(
      List<TrialRun> runs, ToLongFunction<TrialRun> figure, double quantile) {
    long[] sorted =
        runs.stream()
            .filter(run -> run.end() != End.UNDECIDED)
            .mapToLong(figure)
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1))];
  }

  private static double low(long hits, long runs) {
    return hits == 0
        ? 0
        : new BetaDistribution(hits, runs - hits + 1.0).inverseCumulativeProbability(TAIL);
  }

  private static double high(long hits, long runs) {
    return hits == runs
        ? 1
        : new BetaDistribution(hits + 1.0, runs - hits).inverseCumulativeProbability(1 - TAIL);
  }
}
