package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.trainer.offline.Feedback;
import java.util.List;

/**
 * What a policy learns from after its warm start.
 *
 * @param feedback rewards rewrites; borrows the engine
 * @param queries normalised train queries
 * @param described where rewards come from, for people
 */
record Lessons(Feedback feedback, List<String> queries, String described) {
  Lessons {
    queries = List.copyOf(queries);
  }

  /** As the settings say. */
  static Lessons of(TrainSettings settings, Dataset dataset, EngineSide side) {
    return switch (settings.feedback().from()) {
      case ENGINE ->
          new Lessons(
              side.feedback(settings),
              TrainingText.of(dataset).queries(),
              "Lucene and BM25 relevance of the spelling-corrected query, no shopper, no judgment");
      case JUDGMENTS -> {
        JudgedFeedback judged =
            new JudgedFeedback(
                side.engine(),
                dataset,
                side.fused(),
                settings.feedback(),
                settings.offline().seed());
        yield new Lessons(
            judged,
            judged.queries(),
            "Lucene and human judgments of train queries, misspellings of them among the queries");
      }
    };
  }
}
