package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.judge.GradedShopper;
import io.searchloop.app.judge.JudgeFeedback;
import io.searchloop.app.judge.JudgedPages;
import io.searchloop.app.judge.JudgedPolicy;
import io.searchloop.app.judge.SimulatedJudge;
import io.searchloop.app.train.EngineSide;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.trainer.offline.CurvePoint;
import io.searchloop.trainer.offline.OfflineTrainer;
import io.searchloop.trainer.offline.OfflineTrainer.Trained;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * DPO over one catalogue. The judge that trains knows judgments of train queries, as clicks, and
 * BM25; the one that evaluates knows what people judged of dev and test queries. Owns the index
 * until {@link #close}. Runs on the caller's thread.
 */
final class PreferencePhase implements AutoCloseable {
  private static final int MOST_DEV_QUERIES = 400;

  private final PreferencePlan plan;
  private final Dataset dataset;
  private final EngineSide side;

  PreferencePhase(PreferencePlan plan, Dataset dataset) {
    this.plan = plan;
    this.dataset = dataset;
    this.side = EngineSide.open(dataset);
  }

  /** Trains from a policy, which is also the anchor and stays as it is; the caller closes both. */
  Trained train(
      Path directory,
      WarmStart from,
      long seed,
      InstantSource clock,
      Consumer<CurvePoint> progress) {
    List<JudgedQuery> lessons = dataset.queries(Split.TRAIN);
    SimulatedJudge judge = SimulatedJudge.of(side.relevance(), new GradedShopper(dataset, lessons));
    JudgeFeedback feedback =
        new JudgeFeedback(
            new JudgedPages(side.engine(), side.fused(), judge), plan.weights(), judge);
    return new OfflineTrainer(
            plan.offline(seed), plan.trainer(), QueryContext::of, feedback, dev(), clock)
        .train(directory, from, texts(lessons), progress);
  }

  /** The evaluating judge on dev queries, for curves. */
  JudgedPolicy dev() {
    return evaluating(dataset.queries(Split.DEV).stream().limit(MOST_DEV_QUERIES).toList());
  }

  /** The evaluating judge on test queries. */
  JudgedPolicy test() {
    return evaluating(dataset.queries(Split.TEST));
  }

  private JudgedPolicy evaluating(List<JudgedQuery> queries) {
    SimulatedJudge judge = SimulatedJudge.human(new GradedShopper(dataset, queries));
    return new JudgedPolicy(new JudgedPages(side.engine(), side.fused(), judge), texts(queries));
  }

  private static List<String> texts(List<JudgedQuery> queries) {
    return queries.stream().map(query -> QueryText.normalise(query.text())).distinct().toList();
  }

  @Override
  public void close() {
    side.close();
  }
}
