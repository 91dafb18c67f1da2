package io.searchloop.app.study;

import io.searchloop.app.dataset.CatalogueChange;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.judge.JudgeTerms;
import io.searchloop.app.judge.JudgedPolicy;
import io.searchloop.app.judge.JudgedPolicy.Found;
import io.searchloop.app.report.LoopReport;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.PairedBootstrap;
import io.searchloop.trainer.offline.CurvePoint;
import io.searchloop.trainer.offline.OfflineTrainer.Trained;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * Does a student that learns online from a judge (MiniELM, arXiv 2501.18056) please another judge
 * too, and does it get over a change of the catalogue that a frozen one does not? DPO from a
 * supervised student in a shop as it was, then in the shop as it is. What was trained is kept; a
 * phase that was stopped goes on. Runs on the caller's thread.
 */
public final class PreferenceStudy {
  private static final long BOOTSTRAP = 1;
  private static final int RESAMPLES = 1_000;

  private final PreferencePlan plan;
  private final LongFunction<Dataset> datasets;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param datasets the dataset under the split of a seed
   * @param directory where checkpoints and curves go, by seed
   */
  public PreferenceStudy(
      PreferencePlan plan,
      LongFunction<Dataset> datasets,
      Path directory,
      InstantSource clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.datasets = datasets;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when what is there was trained under other settings
   */
  public PreferenceReport run(List<String> command) {
    Map<Long, PreferenceReport.Seed> found = new LinkedHashMap<>();
    for (long seed : plan.seeds()) {
      Dataset dataset = datasets.apply(seed);
      CatalogueChange change = CatalogueChange.of(dataset, plan.kinds());
      Path folder = directory.resolve("seed-" + seed);
      MadeUnder.of(dataset, plan.described(), null).beginOrRequireSame(folder, progress);
      progress.accept("Split " + seed + ": student ...");
      try (WarmStart student =
          new SupervisedWarmStart(plan.warmStart(seed), clock)
              .resumeOrTrain(
                  folder.resolve("student"), TrainingText.of(change.before()), step -> {})) {
        found.put(seed, learn(change, student, folder, seed));
      }
    }
    return new PreferenceReport(command, LoopReport.machineFacts(), plan, found);
  }

  private PreferenceReport.Seed learn(
      CatalogueChange change, WarmStart student, Path folder, long seed) {
    List<PreferenceReport.Point> curve = new ArrayList<>();
    Map<String, Map<String, PreferenceReport.Term>> judged = new LinkedHashMap<>();
    try (PreferencePhase before = new PreferencePhase(plan, change.before());
        Trained trained = train(before, folder.resolve("before"), student, seed)) {
      // Whoever trained a network closes it.
      WarmStart frozen = student.with(trained.network());
      trace(curve, "before", 0, before.dev(), student, trained);
      Found start = ask(before.test(), student);
      judged.put("before: student", terms(start, start));
      judged.put("before: DPO", terms(ask(before.test(), frozen), start));
      try (PreferencePhase after = new PreferencePhase(plan, change.after());
          Trained further = train(after, folder.resolve("after"), frozen, seed)) {
        trace(curve, "after", plan.steps(), after.dev(), frozen, further);
        Found stale = ask(after.test(), frozen);
        judged.put("after: student", terms(ask(after.test(), student), stale));
        judged.put("after: frozen", terms(stale, stale));
        judged.put("after: DPO", terms(ask(after.test(), student.with(further.network())), stale));
      }
    }
    return new PreferenceReport.Seed(change.arrived(), change.withdrawn(), curve, judged);
  }

  private Trained train(PreferencePhase phase, Path folder, WarmStart from, long seed) {
    progress.accept("Split " + seed + ": DPO in " + folder.getFileName() + " ...");
    return phase.train(
        folder,
        from,
        seed,
        clock,
        point -> {
          if (!point.validation().isEmpty()) {
            progress.accept(
                "  step %d of %d %s".formatted(point.step(), plan.steps(), point.validation()));
          }
        });
  }

  /** First point, those of the trainer, and the last, which the trainer does not validate. */
  private static void trace(
      List<PreferenceReport.Point> curve,
      String shop,
      int offset,
      JudgedPolicy dev,
      WarmStart begun,
      Trained trained) {
    curve.add(new PreferenceReport.Point(offset, shop, judged(dev, begun), Map.of()));
    List<CurvePoint> points = trained.curve();
    for (CurvePoint point : points) {
      if (!point.validation().isEmpty()) {
        curve.add(
            new PreferenceReport.Point(
                offset + point.step(), shop, point.validation(), point.figures()));
      }
    }
    CurvePoint last = points.get(points.size() - 1);
    if (last.validation().isEmpty()) {
      curve.add(
          new PreferenceReport.Point(
              offset + last.step(),
              shop,
              judged(dev, begun.with(trained.network())),
              last.figures()));
    }
  }

  private static Map<String, Double> judged(JudgedPolicy dev, WarmStart policy) {
    return dev.judge(policy.artifact(policy.network()), policy.network().config());
  }

  private static Found ask(JudgedPolicy judge, WarmStart policy) {
    return judge.ask(policy.artifact(policy.network()), policy.network().config());
  }

  private static Map<String, PreferenceReport.Term> terms(Found found, Found baseline) {
    Map<String, PreferenceReport.Term> terms = new LinkedHashMap<>();
    terms.put("relevance", term(found, baseline, JudgeTerms::relevance));
    terms.put("diversity", term(found, baseline, JudgeTerms::diversity));
    terms.put("engagement", term(found, baseline, JudgeTerms::engagement));
    return terms;
  }

  private static PreferenceReport.Term term(
      Found found, Found baseline, ToDoubleFunction<JudgeTerms> figure) {
    double[] each = found.each(figure);
    Interval difference =
        PairedBootstrap.difference(each, baseline.each(figure), RESAMPLES, new Random(BOOTSTRAP));
    double mean = Arrays.stream(each).average().orElse(Double.NaN);
    return new PreferenceReport.Term(mean, each.length, difference);
  }
}
