package io.searchloop.learning.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that is known of one candidate against its control, visitor by visitor, and what
 * follows from it (docs/adr/0033). Immutable; equal visitors in equal order give equal verdicts.
 *
 * <pre>
 *   visitor --&gt; ratio of the arms --&gt; open stratum --full--&gt; comparisons --&gt; judge
 * </pre>
 *
 * @param percent share of visitors the candidate serves
 * @param stepVisitors visitors of the candidate since it has that share
 * @param ratio evidence against the ratio of the arms
 * @param comparisons by {@link Metric#ordinal()}
 * @param open the stratum that is not full yet
 */
public record CanaryTrial(
    int percent, long stepVisitors, SampleRatio ratio, List<Comparison> comparisons, Stratum open) {
  private static final int LAST_STEP = TrialRules.STEPS.get(TrialRules.STEPS.size() - 2);

  public CanaryTrial {
    comparisons = List.copyOf(comparisons);
  }

  /** A trial that begins. */
  public static CanaryTrial at(int percent) {
    List<Comparison> none = Collections.nCopies(Metric.values().length, Comparison.NONE);
    return new CanaryTrial(percent, 0, SampleRatio.NONE, none, Stratum.NONE);
  }

  /** The trial at another share; visitors of both shares are never in one stratum. */
  public CanaryTrial withPercent(int next) {
    return next == percent ? this : new CanaryTrial(next, 0, ratio, comparisons, Stratum.NONE);
  }

  /**
   * With one more visitor. One who was assigned at another share is left out: that step is over.
   *
   * @throws IllegalArgumentException when the share leaves no second arm
   */
  public CanaryTrial plus(VisitorOutcome visitor, TrialRules rules) {
    if (visitor.percent() != percent) {
      return this;
    }
    Stratum stratum = open.plus(visitor, rules);
    boolean full = stratum.complete(rules);
    return new CanaryTrial(
        percent,
        stepVisitors + (visitor.candidate() ? 1 : 0),
        ratio.plus(visitor.candidate(), percent),
        full ? compared(stratum) : comparisons,
        full ? Stratum.NONE : stratum);
  }

  private List<Comparison> compared(Stratum stratum) {
    List<Comparison> more = new ArrayList<>(comparisons.size());
    for (int i = 0; i < comparisons.size(); i++) {
      more.add(comparisons.get(i).plus(stratum.control().get(i), stratum.candidate().get(i)));
    }
    return more;
  }

  /** How a metric compares so far. */
  public Comparison comparison(Metric metric) {
    return comparisons.get(metric.ordinal());
  }

  /**
   * What is to become of the trial. Harm comes first, also when the arms are of the wrong size: a
   * rollback too many costs a release, one too few costs shoppers.
   */
  public TrialVerdict judge(TrialRules rules) {
    Optional<TrialVerdict> harm = harm(rules);
    if (harm.isPresent()) {
      return harm.get();
    }
    if (ratio.refuted(rules.sampleRatioAlpha())) {
      return new TrialVerdict.Hold(
          text(
              "sample ratio: %d of %d visitors at %d %%, evidence e^%.1f against it, held from e^%.1f",
              ratio.candidate(),
              ratio.candidate() + ratio.control(),
              ratio.percent(),
              ratio.peak(),
              -Math.log(rules.sampleRatioAlpha())));
    }
    if (stepVisitors < rules.minVisitors()) {
      return new TrialVerdict.GoOn(
          text("%d of %d visitors at %d %%", stepVisitors, rules.minVisitors(), percent));
    }
    return percent < LAST_STEP
        ? new TrialVerdict.Step(TrialRules.nextStep(percent), noHarm())
        : promotion(rules);
  }

  private Optional<TrialVerdict> harm(TrialRules rules) {
    for (Metric metric : Metric.values()) {
      Comparison comparison = comparison(metric);
      if (comparison.candidate().count() >= rules.minVisitors() && leastHarm(metric, rules) > 0) {
        return Optional.of(new TrialVerdict.RollBack(metric, figures(metric, rules)));
      }
    }
    return Optional.empty();
  }

  /** By how much at least the candidate is worse than tolerated, at the metric's level. */
  private double leastHarm(Metric metric, TrialRules rules) {
    Comparison comparison = comparison(metric);
    Allowance allowance = rules.allowance(metric);
    double tolerated = allowance.tolerance() * Math.abs(comparison.control().mean());
    return -metric.orientation() * comparison.difference()
        - radius(comparison, allowance.alpha(), rules)
        - tolerated;
  }

  private TrialVerdict promotion(TrialRules rules) {
    Comparison reward = comparison(Metric.REWARD);
    double lowest = reward.difference() - radius(reward, rules.marginAlpha(), rules);
    double mean = reward.control().mean();
    String why =
        text(
            "reward %+.2f %%, at least %+.2f %%, of the control's %.4f; margin -%.2f %%; %d visitors",
            share(reward.difference(), mean),
            share(lowest, mean),
            mean,
            rules.margin() * 100,
            reward.candidate().count());
    boolean enough = lowest > -rules.margin() * Math.abs(mean);
    if (enough && !ratio.confirmed(rules.visitorLoss(), rules.sampleRatioAlpha())) {
      return new TrialVerdict.GoOn(why + "; the ratio of the arms is not certain enough yet");
    }
    return enough ? new TrialVerdict.Promote(why) : new TrialVerdict.GoOn(why);
  }

  private String noHarm() {
    Comparison reward = comparison(Metric.REWARD);
    return text(
        "no harm after %d visitors at %d %%, reward %+.2f %% so far",
        stepVisitors, percent, share(reward.difference(), reward.control().mean()));
  }

  private String figures(Metric metric, TrialRules rules) {
    Comparison comparison = comparison(metric);
    double mean = comparison.control().mean();
    return text(
        "%s: %.4f against %.4f, %+.2f %% +- %.2f %% at alpha %s; %d and %d visitors",
        metric.label(),
        comparison.candidate().mean(),
        mean,
        share(comparison.difference(), mean),
        share(radius(comparison, rules.allowance(metric).alpha(), rules), Math.abs(mean)),
        rules.allowance(metric).alpha(),
        comparison.candidate().count(),
        comparison.control().count());
  }

  private static double radius(Comparison comparison, double alpha, TrialRules rules) {
    return new ConfidenceSequence(alpha, rules.plannedWeight())
        .radius(comparison.sigma(), comparison.weight());
  }

  private static double share(double part, double mean) {
    return 100 * part / mean;
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
