package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Ratio;
import io.searchloop.app.bench.Spread;
import io.searchloop.app.bench.traffic.Backlog;
import io.searchloop.app.report.LoopReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What attribution costs, with everything needed to measure it again.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param flinkFlags Java's flags of the processes with Flink
 * @param plan what was asked for
 * @param backlogs what was read
 * @param runs every run that counts
 * @param figures the runs of each contender at each size, summed up
 * @param ratios what the acceptance asks for
 * @param states weight of what is open
 * @param profiles where the time goes, by contender
 */
public record AttributionReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    List<String> flinkFlags,
    AttributionPlan plan,
    List<Backlog> backlogs,
    List<AttributionRun> runs,
    List<Figures> figures,
    List<Ratio> ratios,
    List<State> states,
    Map<String, ProfileSummary> profiles)
    implements BenchReport {

  /** The acceptance of the issue. */
  private static final double LEAST_ON_HEAP = .6;

  private static final double LEAST_ON_ROCKSDB = .4;
  private static final double LEAST_WITH_MORE_OPEN = .8;

  /**
   * Runs of one contender at one size.
   *
   * @param contender who
   * @param openImpressions impressions open throughout
   * @param recordsPerSecond throughput
   * @param cpuMicrosPerRecord CPU of Flink's process
   * @param gcShare share of the time in pauses
   * @param brokerCpuMicrosPerRecord CPU of broker and registry
   */
  public record Figures(
      String contender,
      long openImpressions,
      Spread recordsPerSecond,
      Spread cpuMicrosPerRecord,
      Spread gcShare,
      Spread brokerCpuMicrosPerRecord) {}

  /**
   * What is open, weighed once.
   *
   * @param contender who
   * @param openImpressions how many
   * @param checkpointBytes full size of a checkpoint
   * @param checkpointBytesPerImpression the same for each
   * @param heapBytesPerImpression used heap for each, after garbage collection
   */
  public record State(
      String contender,
      long openImpressions,
      long checkpointBytes,
      double checkpointBytesPerImpression,
      double heapBytesPerImpression) {}

  static AttributionReport of(
      List<String> command,
      Instant started,
      Instant finished,
      List<String> flinkFlags,
      AttributionPlan plan,
      List<Backlog> backlogs,
      List<AttributionRun> runs,
      Map<String, ProfileSummary> profiles) {
    return new AttributionReport(
        command,
        started,
        finished,
        LoopReport.machineFacts(),
        flinkFlags,
        plan,
        backlogs,
        runs,
        figures(plan, runs),
        ratios(plan, runs),
        states(runs),
        profiles);
  }

  private static List<Figures> figures(AttributionPlan plan, List<AttributionRun> runs) {
    List<Figures> figures = new ArrayList<>();
    for (Contender contender : plan.contenders()) {
      for (long open : plan.openImpressions()) {
        Sample sample = new Sample(runs, contender, open);
        if (!sample.isEmpty()) {
          figures.add(sample.sumUp());
        }
      }
    }
    return figures;
  }

  private static List<Ratio> ratios(AttributionPlan plan, List<AttributionRun> runs) {
    long at = plan.comparedAt();
    Sample pass = new Sample(runs, Contender.PASS_THROUGH, at);
    Sample local = new Sample(runs, Contender.PASS_THROUGH_LOCAL, at);
    Sample heap = new Sample(runs, Contender.REWARD_HEAP, at);
    Sample rocks = new Sample(runs, Contender.REWARD_ROCKSDB, at);
    List<Ratio> ratios = new ArrayList<>();
    compare(ratios, heap, pass, LEAST_ON_HEAP);
    compare(ratios, rocks, pass, LEAST_ON_ROCKSDB);
    compare(ratios, heap, local, 0);
    compare(ratios, rocks, local, 0);
    long fewest = plan.openImpressions().get(0);
    for (Contender contender : List.of(Contender.REWARD_HEAP, Contender.REWARD_ROCKSDB)) {
      for (long open : plan.openImpressions()) {
        Sample more = new Sample(runs, contender, open);
        if (open != fewest && !more.isEmpty()) {
          Sample few = new Sample(runs, contender, fewest);
          ratios.add(
              Ratio.of(
                  "throughput of %s, %d over %d open".formatted(contender.label(), open, fewest),
                  more.throughput(),
                  few.throughput(),
                  LEAST_WITH_MORE_OPEN));
        }
      }
    }
    return ratios;
  }

  private static void compare(List<Ratio> ratios, Sample reward, Sample pass, double least) {
    if (reward.isEmpty() || pass.isEmpty()) {
      return;
    }
    String names = reward.contender().label() + " over " + pass.contender().label();
    ratios.add(Ratio.of("throughput, " + names, reward.throughput(), pass.throughput(), least));
    ratios.add(Ratio.of("records per CPU second, " + names, reward.perCpu(), pass.perCpu(), least));
  }

  private static List<State> states(List<AttributionRun> runs) {
    return runs.stream()
        .filter(run -> run.figures().state().checkpointBytes() > 0)
        .map(
            run ->
                new State(
                    run.contender(),
                    run.openImpressions(),
                    run.figures().state().checkpointBytes(),
                    run.figures().state().checkpointBytes() / (double) run.openImpressions(),
                    run.figures().state().heapBytes() / (double) run.openImpressions()))
        .toList();
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    for (Ratio ratio : ratios) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-72s %.3f [%.3f, %.3f]%s",
              ratio.name(),
              ratio.mean(),
              ratio.low(),
              ratio.high(),
              ratio.least() == 0 ? "" : (ratio.met() ? " >= " : " MISSES ") + ratio.least()));
    }
    for (State state : states) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s, %,d open: %.0f bytes each in a checkpoint, %.0f on the heap",
              state.contender(),
              state.openImpressions(),
              state.checkpointBytesPerImpression(),
              state.heapBytesPerImpression()));
    }
    return lines;
  }

  /** The runs of a contender at a size, in the order of rounds. */
  private record Sample(List<AttributionRun> runs, Contender contender, long open) {
    Sample(List<AttributionRun> runs, Contender contender, long open) {
      this.contender = contender;
      this.open = open;
      this.runs =
          runs.stream()
              .filter(r -> r.contender().equals(contender.label()) && r.openImpressions() == open)
              .toList();
    }

    boolean isEmpty() {
      return runs.isEmpty();
    }

    double[] throughput() {
      return each(run -> run.figures().recordsPerSecond());
    }

    double[] perCpu() {
      return each(run -> 1e6 / run.figures().cpuMicrosPerRecord());
    }

    Figures sumUp() {
      return new Figures(
          contender.label(),
          open,
          Spread.of(throughput()),
          Spread.of(each(run -> run.figures().cpuMicrosPerRecord())),
          Spread.of(each(run -> run.figures().gcSeconds() / run.figures().seconds())),
          Spread.of(each(AttributionRun::brokerCpuMicrosPerRecord)));
    }

    private double[] each(ToDoubleFunction<AttributionRun> figure) {
      return runs.stream().mapToDouble(figure).toArray();
    }
  }
}
