package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.judge.HttpJudge;
import io.searchloop.app.judge.Judge;
import io.searchloop.app.judge.JudgeFeedback;
import io.searchloop.app.judge.JudgedPages;
import io.searchloop.trainer.offline.Feedback;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a policy learns from.
 *
 * @param text of a warm start; made on demand, since it may take many searches
 * @param feedback rewards rewrites; borrows the engine
 * @param queries normalised train queries to learn from after the warm start
 * @param described where rewards come from, for people
 */
record Lessons(
    Supplier<WarmStartText> text, Feedback feedback, List<String> queries, String described) {
  Lessons {
    queries = List.copyOf(queries);
  }

  /** As the settings say. */
  static Lessons of(TrainSettings settings, Dataset dataset, EngineSide side) {
    return switch (settings.feedback().from()) {
      case ENGINE ->
          new Lessons(
              () -> TrainingText.of(dataset),
              side.feedback(settings),
              TrainingText.of(dataset).queries(),
              "Lucene and BM25 relevance of the spelling-corrected query, no shopper, no judgment");
      case JUDGMENTS -> judged(settings, dataset, side);
      case HTTP -> asked(settings, dataset, side);
    };
  }

  private static Lessons asked(TrainSettings settings, Dataset dataset, EngineSide side) {
    Judge judge = HttpJudge.of(settings.judge(), side.engine());
    return new Lessons(
        () -> TrainingText.of(dataset),
        new JudgeFeedback(
            new JudgedPages(side.engine(), side.fused(), judge), settings.judgeWeights(), judge),
        TrainingText.of(dataset).queries(),
        "Lucene and " + settings.judge().described());
  }

  private static Lessons judged(TrainSettings settings, Dataset dataset, EngineSide side) {
    FeedbackConfig config = settings.feedback();
    JudgedFeedback feedback =
        new JudgedFeedback(side.engine(), dataset, side.fused(), config, settings.offline().seed());
    String described =
        "Lucene and human judgments of train queries, misspellings of them among the queries";
    if (config.expansions() == 0) {
      return new Lessons(() -> TrainingText.of(dataset), feedback, feedback.queries(), described);
    }
    // A warm start may know by heart what it was shown expanded; the other half tells what it
    // understood, and that is what reinforcement must see.
    Predicate<JudgedQuery> shown =
        query -> (dataset.split().cluster(query.text()).hashCode() & 1) == 0;
    Expansions expansions =
        new Expansions(dataset, side.engine().vocabulary(), feedback, config.expansions());
    return new Lessons(
        () ->
            TrainingText.of(dataset)
                .withPairs(expansions.pairs(feedback.judged().stream().filter(shown).toList())),
        feedback,
        feedback.queries().stream().filter(query -> !shown.test(feedback.meant(query))).toList(),
        described + "; expansions of one half of them shown, the other half learned from");
  }
}
