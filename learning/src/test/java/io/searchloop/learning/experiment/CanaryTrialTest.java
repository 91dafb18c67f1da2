package io.searchloop.learning.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryTrialTest {
  private static final TrialRules RULES =
      new TrialRules(50, 50, 30, 1_000, 1_000, .3, .05, .01, .3, TrialRules.levels(.02, .005, 0));

  private final SplittableRandom random = new SplittableRandom(9);

  @Test
  void waitsForEnoughVisitorsThenTakesTheNextStep() {
    CanaryTrial trial = visitors(CanaryTrial.at(5), 200, 1);
    assertThat(trial.judge(RULES)).isInstanceOf(TrialVerdict.GoOn.class);
    assertThat(trial.judge(RULES).why()).contains("of 50 visitors at 5 %");

    trial = visitors(trial, 2_000, 1);
    assertThat(trial.judge(RULES))
        .isInstanceOfSatisfying(
            TrialVerdict.Step.class, step -> assertThat(step.percent()).isEqualTo(10));

    CanaryTrial next = trial.withPercent(10);
    assertThat(next.stepVisitors()).isZero();
    assertThat(next.comparisons()).isEqualTo(trial.comparisons());
    assertThat(next.withPercent(10)).isEqualTo(next);
  }

  @Test
  void promotesAtTheLastStepOnceALossIsExcluded() {
    CanaryTrial trial = visitors(CanaryTrial.at(50), 100, 1);
    assertThat(trial.judge(RULES)).isInstanceOf(TrialVerdict.GoOn.class);

    trial = visitors(trial, 20_000, 1);
    assertThat(trial.judge(RULES)).isInstanceOf(TrialVerdict.Promote.class);
    assertThat(trial.judge(RULES).why()).contains("margin -30.00 %");
  }

  @Test
  void rollsBackWhatEarnsLessAndSaysByHowMuch() {
    CanaryTrial trial = visitors(CanaryTrial.at(25), 5_000, .5);

    assertThat(trial.judge(RULES))
        .isInstanceOfSatisfying(
            TrialVerdict.RollBack.class,
            harm -> {
              assertThat(harm.metric()).isEqualTo(Metric.REWARD);
              assertThat(harm.why()).contains("reward: ").contains("at alpha 0.02");
            });
  }

  @Test
  void rollsBackByAGuardrailAlone() {
    CanaryTrial trial = CanaryTrial.at(25);
    for (int i = 0; i < 5_000; i++) {
      boolean candidate = random.nextInt(4) == 0;
      trial = trial.plus(visitor(candidate, 25, random.nextDouble(), candidate ? .1 : .02), RULES);
    }
    assertThat(trial.judge(RULES))
        .isInstanceOfSatisfying(
            TrialVerdict.RollBack.class,
            harm -> assertThat(harm.metric()).isEqualTo(Metric.NULL_RESULTS));
  }

  @Test
  void holdsWhenVisitorsOfAnArmAreMissing() {
    CanaryTrial trial = CanaryTrial.at(50);
    for (int i = 0; i < 20_000; i++) {
      trial = trial.plus(visitor(random.nextInt(100) < 45, 50, random.nextDouble(), 0), RULES);
    }
    assertThat(trial.judge(RULES)).isInstanceOf(TrialVerdict.Hold.class);
    assertThat(trial.judge(RULES).why()).contains("sample ratio").contains("at 50 %");
  }

  @Test
  void leavesOutVisitorsOfAnotherShare() {
    CanaryTrial trial = CanaryTrial.at(5);

    assertThat(trial.plus(visitor(true, 1, 1, 0), RULES)).isEqualTo(trial);
  }

  @Test
  void countsAnOrderOfAThousandUnitsUpToTheCap() {
    CanaryTrial trial = CanaryTrial.at(50);
    for (int i = 0; i < 50; i++) {
      trial = trial.plus(visitor(i % 2 == 0, 50, i == 0 ? 10_000 : 1, 0), RULES);
    }
    assertThat(trial.comparison(Metric.REWARD).candidate().mean()).isLessThan(3);
  }

  @Test
  void refusesRulesThatCannotHold() {
    assertThatThrownBy(
            () ->
                new TrialRules(1, 50, 30, 1, 1, .3, .05, .01, .3, TrialRules.levels(.02, .005, 0)))
        .hasMessageContaining("min-visitors 1");
    assertThat(TrialRules.nextStep(1)).isEqualTo(5);
    assertThat(TrialRules.nextStep(3)).isEqualTo(5);
    assertThat(TrialRules.nextStep(100)).isEqualTo(100);
  }

  private CanaryTrial visitors(CanaryTrial begun, int count, double earning) {
    CanaryTrial trial = begun;
    for (int i = 0; i < count; i++) {
      boolean candidate = random.nextInt(100) < trial.percent();
      double reward = random.nextDouble() * (candidate ? earning : 1);
      trial = trial.plus(visitor(candidate, trial.percent(), reward, 0), RULES);
    }
    return trial;
  }

  private VisitorOutcome visitor(
      boolean candidate, int percent, double reward, double nullResults) {
    return new VisitorOutcome(
        candidate,
        percent,
        reward,
        random.nextDouble() < nullResults ? 1 : 0,
        10 + random.nextDouble(),
        random.nextInt(2),
        12 + random.nextInt(5));
  }
}
