package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.judge.HttpJudge;
import io.searchloop.app.judge.Judge;
import io.searchloop.app.judge.JudgeFeedback;
import io.searchloop.app.judge.JudgedPages;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.trainer.offline.Feedback;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a policy learns from.
 *
 * @param text of a warm start; made on demand, since it may take many searches
 * @param feedback rewards rewrites; borrows the engine
 * @param queries normalised train queries to learn from after the warm start, one that comes more
 *     often as often as it stands here
 * @param described where rewards come from, for people
 */
record Lessons(
    Supplier<WarmStartText> text, Feedback feedback, List<String> queries, String described) {
  Lessons {
    queries = List.copyOf(queries);
  }

  /** As the settings say. */
  static Lessons of(TrainSettings settings, Dataset dataset, EngineSide side) {
    WarmStartText text = TrainingText.of(dataset);
    return switch (settings.feedback().from()) {
      case ENGINE -> engine(text, settings, side);
      case JUDGMENTS -> judged(text, settings, dataset, side);
      case CLICKS -> clicks(text, settings, dataset, side);
      case HTTP -> asked(text, settings, side);
    };
  }

  /** A shop that knows no queries asks for its own phrases, as somebody may type them. */
  private static Lessons engine(WarmStartText text, TrainSettings settings, EngineSide side) {
    return new Lessons(
        () -> text,
        side.feedback(settings),
        text.queries().isEmpty() ? text.phrases() : text.queries(),
        settings.feedback().relevance().isEmpty()
            ? "Lucene and BM25 relevance of the spelling-corrected query, no shopper, no judgment"
            : "Lucene and a relevance model of train judgments, no shopper");
  }

  private static Lessons judged(
      WarmStartText text, TrainSettings settings, Dataset dataset, EngineSide side) {
    int tried = settings.feedback().expansions();
    JudgedFeedback feedback =
        people(settings, dataset, side, Worth.judged(dataset, settings.feedback()));
    Expansions expansions = new Expansions(dataset, side.engine().vocabulary(), feedback, tried);
    return new Lessons(
        () -> tried == 0 ? text : text.withPairs(expansions.pairs(feedback.judged())),
        feedback,
        feedback.queries(),
        "Lucene and human judgments of train queries, misspellings of them among the queries");
  }

  /**
   * A query that was clicked c times comes once for each root of c: head queries matter more than
   * others, and are learned sooner than in proportion to c.
   */
  private static Lessons clicks(
      WarmStartText text, TrainSettings settings, Dataset dataset, EngineSide side) {
    if (!dataset.scale().equals(GradeScale.CLICK_SHARES)) {
      throw new IllegalArgumentException(
          ("train.feedback.from is clicks, but dataset %s has judgments. Expected a directory of"
                  + " products.jsonl.gz and events.jsonl.gz without queries.tsv and judgments.tsv;"
                  + " or learn from judgments.")
              .formatted(dataset.name()));
    }
    JudgedFeedback clicked = people(settings, dataset, side, Worth.clicked(settings.feedback()));
    List<String> queries = new ArrayList<>(clicked.queries());
    for (JudgedQuery query : dataset.queries(Split.TRAIN)) {
      int more = (int) Math.sqrt(query.popularity()) - 1;
      queries.addAll(Collections.nCopies(more, QueryText.normalise(query.text())));
    }
    return new Lessons(
        () -> text,
        clicked,
        queries,
        "Lucene and past clicks on products, misspellings of what was typed among the queries");
  }

  private static Lessons asked(WarmStartText text, TrainSettings settings, EngineSide side) {
    Judge judge = HttpJudge.of(settings.judge(), side.engine());
    return new Lessons(
        () -> text,
        new JudgeFeedback(
            new JudgedPages(side.engine(), side.fused(), judge), settings.judgeWeights(), judge),
        text.queries(),
        "Lucene and " + settings.judge().described());
  }

  private static JudgedFeedback people(
      TrainSettings settings, Dataset dataset, EngineSide side, Worth worth) {
    return new JudgedFeedback(
        side.engine(),
        dataset,
        side.fused(),
        settings.feedback(),
        worth,
        settings.offline().seed());
  }
}
