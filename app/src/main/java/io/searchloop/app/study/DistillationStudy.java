package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedGraph;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.Evaluation;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.app.report.LoopReport;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.SearchRule;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * How much of a teacher does a student a fifth its size keep, and what teaches it best (MiniELM,
 * arXiv 2501.18056)? Every student begins with the same supervised steps and gets the same number
 * more: of supervised pairs, of forward KL or of reverse KL. Held-out queries judge what they say
 * and what is found with it. Students that are there already are kept. Runs on the caller's thread.
 */
public final class DistillationStudy {
  static final String TEACHER = "teacher";
  static final String NO_LEARNING = "typed+spell";
  static final String FUSED = "+spell";

  /** MiniELM's teachers are larger than that; below it distilling saves too little. */
  private static final int SMALLEST_RATIO = 4;

  /** As {@code evaluate} has it, so that both give the same intervals. */
  private static final long BOOTSTRAP = 1;

  private final DistillationPlan plan;
  private final LongFunction<Dataset> datasets;
  private final Path teachers;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param datasets the dataset under the split of a seed
   * @param teachers where {@code seed-S/warm-start} are policies trained under those splits
   * @param directory where students go, by seed and kind
   */
  public DistillationStudy(
      DistillationPlan plan,
      LongFunction<Dataset> datasets,
      Path teachers,
      Path directory,
      InstantSource clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.datasets = datasets;
    this.teachers = teachers;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when students that are there learned under other settings
   */
  public DistillationReport run(List<String> command) {
    Map<Long, DistillationReport.Seed> found = new LinkedHashMap<>();
    for (long seed : plan.seeds()) {
      Dataset dataset = datasets.apply(seed);
      Path taught = teachers.resolve("seed-" + seed).resolve(RewritingStudy.WARM_START);
      progress.accept("Split " + seed + ", teacher " + taught);
      MadeUnder.of(dataset, plan.described(), taught)
          .beginOrRequireSame(directory.resolve("seed-" + seed), progress);
      LibTorch.initialise(1);
      try (WarmStart teacher = TrainedPolicy.read(PolicyDirectory.open(taught))) {
        found.put(seed, examine(dataset, teacher, seed));
      }
    }
    return new DistillationReport(command, LoopReport.machineFacts(), plan, found);
  }

  private DistillationReport.Seed examine(Dataset dataset, WarmStart teacher, long seed) {
    requireQueriesAlone(teacher);
    StudentSchool school =
        new StudentSchool(plan, dataset, directory.resolve("seed-" + seed), clock, progress);
    Map<String, WarmStart> policies = new LinkedHashMap<>();
    policies.put(TEACHER, teacher);
    List<WarmStart> students = new ArrayList<>();
    try {
      WarmStart start = school.start(teacher, seed);
      students.add(start);
      requireSmall(teacher, start);
      policies.put(StudentKind.START.key(), start);
      for (StudentKind kind : StudentKind.values()) {
        if (kind != StudentKind.START) {
          WarmStart student = school.student(kind, teacher, start, seed);
          students.add(student);
          policies.put(kind.key(), student);
        }
      }
      progress.accept("Judging on test queries of split " + seed + " ...");
      return judge(dataset, policies);
    } finally {
      students.forEach(WarmStart::close);
    }
  }

  private DistillationReport.Seed judge(Dataset dataset, Map<String, WarmStart> policies) {
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT)) {
      Evaluation evaluation =
          new Evaluation(engine, dataset, Split.TEST, BOOTSTRAP, System::nanoTime);
      List<String> queries = evaluation.texts().stream().distinct().toList();
      Map<String, ExamSheet> sheets =
          new StudentExam(engine, queries, dataset.corrections(), System::nanoTime)
              .sit(policies, TEACHER);
      ExamSheet sft = Objects.requireNonNull(sheets.get(StudentKind.SFT.key()));
      List<ExamFigures> figures = new ArrayList<>();
      policies.forEach(
          (name, policy) ->
              figures.add(
                  ExamFigures.of(
                      name,
                      policy.network().config().parameterCount(),
                      Objects.requireNonNull(sheets.get(name)),
                      sft,
                      BOOTSTRAP)));
      EvaluationReport judged =
          evaluation.judge(
              strategies(engine, sheets),
              Set.of(NO_LEARNING, StudentKind.SFT.key() + FUSED),
              (strategy, query, hits) -> {});
      return new DistillationReport.Seed(
          JudgedGraph.of(dataset).pairsByThreshold(), figures, judged);
    }
  }

  private static List<Strategy> strategies(
      LuceneSearchEngine engine, Map<String, ExamSheet> sheets) {
    FusedSearch fused = SearchRule.DEFAULT.over(engine.vocabulary()).fused();
    List<Strategy> strategies = new ArrayList<>();
    strategies.add(Strategy.fused(NO_LEARNING, fused, Optional::of));
    sheets.forEach(
        (name, sheet) -> strategies.add(Strategy.fused(name + FUSED, fused, sheet::answer)));
    return strategies;
  }

  private static void requireQueriesAlone(WarmStart teacher) {
    int products = teacher.format().options().products();
    if (products > 0) {
      throw new IllegalArgumentException(
          "Prompts of the teacher show %d products, expected none: students learn from queries alone. Train it with train.prompt.products 0."
              .formatted(products));
    }
  }

  private static void requireSmall(WarmStart teacher, WarmStart student) {
    long large = teacher.network().config().parameterCount();
    long small = student.network().config().parameterCount();
    if (large < SMALLEST_RATIO * small) {
      throw new IllegalArgumentException(
          "Teacher of %d parameters and student of %d, expected a teacher at least %d times as large. Lower trainer.warm-start.width or layers."
              .formatted(large, small, SMALLEST_RATIO));
    }
  }
}
