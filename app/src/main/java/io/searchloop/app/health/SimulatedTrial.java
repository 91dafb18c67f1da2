package io.searchloop.app.health;

import io.searchloop.app.health.TrialRun.End;
import io.searchloop.learning.experiment.Allowance;
import io.searchloop.learning.experiment.CanaryTrial;
import io.searchloop.learning.experiment.Comparison;
import io.searchloop.learning.experiment.Metric;
import io.searchloop.learning.experiment.TrialRules;
import io.searchloop.learning.experiment.TrialVerdict;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;

/** One release on trial, looked at after every stratum, as the health job does. One use. */
final class SimulatedTrial {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private final Scenario scenario;
  private final TrialRules rules;
  private final RandomGenerator random;
  private CanaryTrial trial = CanaryTrial.at(TrialRules.STEPS.get(0));
  private long impressions;
  private long candidateImpressions;
  private boolean naive;

  SimulatedTrial(Scenario scenario, TrialRules rules, RandomGenerator random) {
    this.scenario = scenario;
    this.rules = rules;
    this.random = random;
  }

  TrialRun run() {
    for (int visitor = 1; visitor <= scenario.visitors(); visitor++) {
      visit();
      if (visitor % rules.stratumVisitors() == 0) {
        naive |= naiveAlarm();
        TrialVerdict verdict = trial.judge(rules);
        if (verdict instanceof TrialVerdict.RollBack harm) {
          return end(End.ROLLED_BACK, harm.metric().label());
        } else if (verdict instanceof TrialVerdict.Hold) {
          return end(End.HELD, "");
        } else if (verdict instanceof TrialVerdict.Promote && scenario.promotable()) {
          return end(End.PROMOTED, "");
        } else if (verdict instanceof TrialVerdict.Step step) {
          trial = trial.withPercent(step.percent());
        }
      }
    }
    return end(End.UNDECIDED, "");
  }

  private void visit() {
    boolean candidate = random.nextInt(100) < trial.percent();
    SimulatedVisitor visitor = SimulatedVisitor.draw(candidate, trial.percent(), scenario, random);
    impressions += visitor.searches();
    candidateImpressions += candidate ? visitor.searches() : 0;
    if (!candidate || random.nextDouble() >= scenario.visitorLoss()) {
      trial = trial.plus(visitor.outcome(), rules);
    }
  }

  private boolean naiveAlarm() {
    for (Metric metric : Metric.values()) {
      Comparison comparison = trial.comparison(metric);
      Allowance allowance = rules.allowances().get(metric);
      double worse = -metric.orientation() * comparison.difference();
      double z = worse * Math.sqrt(comparison.weight()) / comparison.sigma();
      if (comparison.candidate().count() >= rules.minVisitors()
          && allowance != null
          && z > NORMAL.inverseCumulativeProbability(1 - allowance.alpha())) {
        return true;
      }
    }
    return false;
  }

  private TrialRun end(End end, String cause) {
    return new TrialRun(end, cause, impressions, candidateImpressions, naive);
  }
}
