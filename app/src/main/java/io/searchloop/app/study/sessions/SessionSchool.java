package io.searchloop.app.study.sessions;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.trainer.warmstart.LearnedWeights;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains the students of a seed, or reads those that are there; one that was stopped goes on. Dev
 * and test queries are not read. Runs on the caller's thread.
 */
final class SessionSchool {
  private final SessionPlan plan;
  private final WarmStartText text;
  private final List<ShoppingSession> sessions;
  private final QueryAnnotations annotations;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param sessions to learn from
   * @param directory where students go, by kind
   */
  SessionSchool(
      SessionPlan plan,
      Dataset dataset,
      List<ShoppingSession> sessions,
      QueryAnnotations annotations,
      Path directory,
      InstantSource clock,
      Consumer<String> progress) {
    this.plan = plan;
    this.text = TrainingText.of(dataset);
    this.sessions = sessions;
    this.annotations = annotations;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /** What the students begin with; the caller closes it. */
  WarmStart start(long seed) {
    progress.accept("Warm start ...");
    return new SupervisedWarmStart(
            plan.warmStart(seed), clock, SessionPlan.PROMPT, QueryContext::of)
        .resumeOrTrain(directory.resolve("start"), text, report -> {});
  }

  /**
   * A student; the caller closes it.
   *
   * @param start what it begins with; stays as it is
   */
  WarmStart student(ContextKind kind, WarmStart start, long seed) {
    progress.accept("Student " + kind.key() + " ...");
    SessionLessons lessons = new SessionLessons(kind, sessions, annotations);
    return new SupervisedWarmStart(plan.lessons(seed), clock, SessionPlan.PROMPT, lessons)
        .from(new LearnedWeights(start))
        .resumeOrTrain(
            directory.resolve(kind.key()), text.withPairs(lessons.pairs()), report -> {});
  }
}
