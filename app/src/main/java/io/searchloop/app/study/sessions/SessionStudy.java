package io.searchloop.app.study.sessions;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.json.ReportJson;
import io.searchloop.app.report.LoopReport;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.warmstart.NoiseChannel;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Is a shopper's next successful query easier to foresee with the queries before it (context-aware
 * rewriting, arXiv 2209.07584), with what the catalogue recognises in the last one, or by also
 * learning to name the intent? Sessions are simulated from judged queries: {@link
 * SessionSimulator}. Students that are there are kept. Runs on the caller's thread. ADR 0048.
 */
public final class SessionStudy {
  /** As {@code evaluate} has it, so that both give the same intervals. */
  private static final long BOOTSTRAP = 1;

  private final SessionPlan plan;
  private final LongFunction<Dataset> datasets;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param datasets the dataset under the split of a seed
   * @param directory where students go, by seed and kind
   */
  public SessionStudy(
      SessionPlan plan,
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
   * @throws IllegalStateException when the directory has students of another plan
   */
  public SessionReport run(List<String> command) {
    Map<Long, SessionReport.Seed> found = new LinkedHashMap<>();
    LibTorch.initialise(1);
    for (long seed : plan.seeds()) {
      Path folder = directory.resolve("seed-" + seed);
      requireSamePlan(folder.resolve("plan.json"), seed);
      progress.accept("Split " + seed);
      Dataset dataset = datasets.apply(seed);
      try (LuceneSearchEngine engine =
          LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT)) {
        found.put(seed, examine(dataset, engine, folder, seed));
      }
    }
    return new SessionReport(command, LoopReport.machineFacts(), plan, found);
  }

  private void requireSamePlan(Path file, long seed) {
    if (!Files.exists(file)) {
      ReportJson.write(file, plan.of(seed));
    }
    SessionPlan before = ReportJson.read(file, SessionPlan.class);
    if (!before.equals(plan.of(seed))) {
      throw new IllegalStateException(
          "Students in %s were made under %s, expected %s. Give the same options, or another folder."
              .formatted(file.getParent(), before, plan.of(seed)));
    }
  }

  private SessionReport.Seed examine(
      Dataset dataset, LuceneSearchEngine engine, Path folder, long seed) {
    NoiseChannel noise = NoiseChannel.learn(TrainingText.of(dataset).corrections());
    RandomState random = new RandomState(seed);
    List<ShoppingSession> learned =
        new SessionSimulator(dataset, Split.TRAIN, noise, random).sessions(SessionPlan.SESSIONS);
    List<ShoppingSession> heldOut =
        new SessionSimulator(dataset, Split.TEST, noise, random).sessions(1);
    QueryAnnotations annotations = new QueryAnnotations(engine, dataset.products());
    NextQueryExam exam = new NextQueryExam(engine, heldOut, annotations);
    Map<String, SessionSheet> sheets = new LinkedHashMap<>(exam.unlearned());
    double intents = 0;
    SessionSchool school =
        new SessionSchool(plan, dataset, learned, annotations, folder, clock, progress);
    try (WarmStart start = school.start(seed)) {
      for (ContextKind kind : ContextKind.values()) {
        try (WarmStart student = school.student(kind, start, seed)) {
          progress.accept("  judging ...");
          sheets.put(kind.key(), exam.sit(student, kind));
          if (kind == ContextKind.SESSION_INTENT) {
            intents = exam.intents(student);
          }
        }
      }
    }
    Map<String, SessionReport.Stratum> strata = new LinkedHashMap<>();
    SessionStrata.of(dataset, heldOut)
        .forEach((name, members) -> strata.put(name, stratum(sheets, members)));
    return new SessionReport.Seed(learned.size(), intents, strata);
  }

  private static SessionReport.Stratum stratum(Map<String, SessionSheet> sheets, int[] members) {
    Map<String, Map<String, SessionReport.Mark>> rewriters = new LinkedHashMap<>();
    sheets.forEach((name, sheet) -> rewriters.put(name, marks(sheets, sheet, members)));
    Map<String, Interval> auxiliary = new LinkedHashMap<>();
    for (SessionMeasure measure : SessionMeasure.values()) {
      auxiliary.put(
          measure.key(),
          sheet(sheets, ContextKind.SESSION_INTENT)
              .difference(measure, sheet(sheets, ContextKind.SESSION), members, BOOTSTRAP));
    }
    return new SessionReport.Stratum(members.length, rewriters, auxiliary);
  }

  private static Map<String, SessionReport.Mark> marks(
      Map<String, SessionSheet> sheets, SessionSheet sheet, int[] members) {
    Map<String, SessionReport.Mark> marks = new LinkedHashMap<>();
    for (SessionMeasure measure : SessionMeasure.values()) {
      marks.put(
          measure.key(),
          new SessionReport.Mark(
              sheet.mean(measure, members),
              sheet.difference(measure, sheet(sheets, ContextKind.LAST), members, BOOTSTRAP)));
    }
    return marks;
  }

  private static SessionSheet sheet(Map<String, SessionSheet> sheets, ContextKind kind) {
    return Objects.requireNonNull(sheets.get(kind.key()));
  }
}
