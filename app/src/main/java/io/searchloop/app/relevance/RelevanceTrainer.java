package io.searchloop.app.relevance;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Trains f(q,d) from the judgments of train queries; dev queries say when to stop and how much f
 * weighs; test queries are not read.
 *
 * <p>People judge what a shop already shows, so that a model of judgments alone has never seen the
 * products it must push down. {@value #UNJUDGED} times one of the {@value Reranker#DEPTH} first
 * hits of each query is drawn, and added as irrelevant where nobody judged it, at a weight of
 * {@value #UNJUDGED_WEIGHT}: most of them are. It costs agreement with the judges and gains where
 * products are ranked (docs/adr/0042). Runs on the caller's thread; the same data and seed give the
 * same model.
 */
public final class RelevanceTrainer {
  /** Draws of unjudged products for each query unless another number is asked for. */
  public static final int UNJUDGED = 4;

  private static final double UNJUDGED_WEIGHT = .3;

  private final Dataset dataset;
  private final CatalogueTerms catalogue;
  private final QueryReader reader;
  private final int unjudged;
  private final long seed;

  /**
   * @param dataset judged queries with their split
   * @param engine index of the dataset's products; stays the caller's
   * @param unjudged draws of products for each query, with replacement; those without grade are
   *     added
   * @param seed of trees and of those products
   */
  public RelevanceTrainer(Dataset dataset, LuceneSearchEngine engine, int unjudged, long seed) {
    this.dataset = dataset;
    this.unjudged = unjudged;
    this.catalogue = new CatalogueTerms(dataset.products(), engine.terms());
    this.reader = new QueryReader(engine, catalogue);
    this.seed = seed;
  }

  /**
   * Trains and tunes.
   *
   * @throws IllegalArgumentException when train or dev queries have no judgment
   */
  public SavedRelevance train() {
    SavedRelevance saved = learn(side(Split.TRAIN), side(Split.DEV));
    try (LearnedRelevance model = model(saved)) {
      return saved.withWeight(new MixtureTuning(dataset, reader, model).best());
    }
  }

  /**
   * Trains from grades that somebody else gave, such as shoppers of a page. For rewards, not for
   * rankings: its weight beside BM25 is zero.
   *
   * @param lessons train queries with those grades, on the dataset's scale
   * @param watched other train queries, which say when to stop
   * @throws IllegalArgumentException when there is no grade in either
   */
  public SavedRelevance learn(List<JudgedQuery> lessons, List<JudgedQuery> watched) {
    RandomGenerator random = new SplittableRandom(seed);
    TrainingRows fitted = rows(lessons, random);
    TreeTrainer.FittedTrees trees = new TreeTrainer(seed).fit(fitted, rows(watched, random));
    int judgments = lessons.stream().mapToInt(query -> query.grades().size()).sum();
    return new SavedRelevance(
        SavedRelevance.FORMAT,
        dataset.name(),
        dataset.split().seed(),
        seed,
        judgments,
        fitted.size() - judgments,
        trees.rounds(),
        trees.loss(),
        0,
        Feature.names(),
        trees.text());
  }

  /** A model that this trainer made, over the catalogue that it has read; the caller closes it. */
  public LearnedRelevance model(SavedRelevance saved) {
    return new LearnedRelevance(catalogue, reader, BoostedTrees.parse(saved.trees()));
  }

  private List<JudgedQuery> side(Split side) {
    List<JudgedQuery> queries = dataset.queries(side);
    if (queries.stream().allMatch(query -> query.grades().isEmpty())) {
      throw new IllegalArgumentException(
          "Dataset %s has no judged %s query, expected some. Judge more, or take a saved model."
              .formatted(dataset.name(), side));
    }
    return queries;
  }

  private TrainingRows rows(List<JudgedQuery> queries, RandomGenerator random) {
    TrainingRows rows = new TrainingRows();
    for (JudgedQuery query : queries) {
      QueryReader.Found found = reader.find(query.text(), Reranker.DEPTH);
      QueryReading reading = found.reading();
      dataset
          .gains(query)
          .forEach((id, gain) -> add(rows, reading, id, gain / dataset.scale().bestGain(), 1));
      List<Hit> hits = found.hits();
      for (int i = 0; i < unjudged && !hits.isEmpty(); i++) {
        String id = hits.get(random.nextInt(hits.size())).productId();
        if (!query.grades().containsKey(id)) {
          add(rows, reading, id, 0, UNJUDGED_WEIGHT);
        }
      }
    }
    if (rows.size() == 0) {
      throw new IllegalArgumentException(
          "%d queries have no graded product of the catalogue, expected some to learn from."
              .formatted(queries.size()));
    }
    return rows;
  }

  private void add(
      TrainingRows rows, QueryReading reading, String id, double label, double weight) {
    catalogue
        .product(id)
        .ifPresent(
            product -> {
              float[] row = new float[Feature.count()];
              Feature.write(new Match(reading, product, catalogue), row, 0);
              rows.add(row, label, weight);
            });
  }
}
