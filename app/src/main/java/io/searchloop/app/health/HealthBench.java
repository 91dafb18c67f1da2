package io.searchloop.app.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Puts many simulated releases on trial. */
public final class HealthBench {
  private final HealthPlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param progress told of each scenario that is done, for a person
   */
  public HealthBench(HealthPlan plan, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /** Runs every scenario. */
  public HealthReport run(List<String> command) {
    Instant started = clock.instant();
    SplittableRandom random = new SplittableRandom(plan.seed());
    List<ScenarioFigures> figures = new ArrayList<>();
    for (Scenario scenario : plan.scenarios()) {
      List<TrialRun> runs = new ArrayList<>(plan.runs());
      for (int run = 0; run < plan.runs(); run++) {
        runs.add(new SimulatedTrial(scenario, plan.rules(), random.split()).run());
      }
      ScenarioFigures done = ScenarioFigures.of(scenario, runs);
      figures.add(done);
      progress.accept(done.line());
    }
    return new HealthReport(
        command, "simulated visitors", started, clock.instant(), plan, List.copyOf(figures));
  }
}
