package io.searchloop.learning.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Visitors of both arms who came at about the same time.
 *
 * @param control moments of the control, by {@link Metric#ordinal()}
 * @param candidate moments of the candidate
 */
public record Stratum(List<Moments> control, List<Moments> candidate) {
  private static final List<Moments> NOBODY =
      Collections.nCopies(Metric.values().length, Moments.NONE);

  /** Without visitors. */
  public static final Stratum NONE = new Stratum(NOBODY, NOBODY);

  public Stratum {
    control = List.copyOf(control);
    candidate = List.copyOf(candidate);
  }

  Stratum plus(VisitorOutcome visitor, TrialRules rules) {
    return visitor.candidate()
        ? new Stratum(control, with(candidate, visitor, rules))
        : new Stratum(with(control, visitor, rules), candidate);
  }

  private static List<Moments> with(List<Moments> arm, VisitorOutcome visitor, TrialRules rules) {
    List<Moments> more = new ArrayList<>(arm.size());
    for (Metric metric : Metric.values()) {
      double value = rules.capped(metric, visitor.of(metric));
      Moments before = arm.get(metric.ordinal());
      more.add(Double.isNaN(value) ? before : before.plus(value));
    }
    return more;
  }

  long controls() {
    return control.get(0).count();
  }

  long candidates() {
    return candidate.get(0).count();
  }

  boolean complete(TrialRules rules) {
    return controls() > 0
        && candidates() > 0
        && controls() + candidates() >= rules.stratumVisitors();
  }
}
