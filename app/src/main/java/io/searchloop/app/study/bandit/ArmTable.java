package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.app.simulation.ExpectedReward;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The page of every arm for every query of one catalogue, searched once: runs and repetitions only
 * look it up.
 *
 * @param queries most popular first
 */
record ArmTable(List<QueryArms> queries) {
  private static final int PAGE = 10;

  ArmTable {
    queries = List.copyOf(queries);
  }

  /** Searches every query with every arm. */
  static ArmTable of(
      List<JudgedQuery> queries,
      LuceneSearchEngine engine,
      List<Strategy> arms,
      ExpectedReward rewards) {
    List<QueryArms> table = new ArrayList<>();
    for (JudgedQuery query : queries) {
      List<List<String>> pages = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (Strategy arm : arms) {
        List<String> page =
            engine.search(arm.choose().apply(query.text()).form(), PAGE).productIds();
        pages.add(page);
        values.add(rewards.of(query, page));
      }
      table.add(QueryArms.of(query, QueryKind.of(query.text(), engine), pages, values));
    }
    return new ArmTable(table);
  }

  /** Expected reward per search of a way to value queries, under the popularity of {@link Zipf}. */
  double mean(Zipf zipf, ToDoubleFunction<QueryArms> value) {
    double mean = 0;
    for (int query = 0; query < queries.size(); query++) {
      mean += zipf.share(query) * value.applyAsDouble(queries.get(query));
    }
    return mean;
  }

  /** The arm that earns most per search of a kind. */
  int best(Zipf zipf, QueryKind kind) {
    return best(zipf, List.of(kind));
  }

  /** The arm that earns most per search: the best fixed arm in hindsight. */
  int best(Zipf zipf) {
    return best(zipf, List.of(QueryKind.values()));
  }

  private int best(Zipf zipf, List<QueryKind> kinds) {
    int arms = queries.get(0).values().size();
    double[] means = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      int fixed = arm;
      means[arm] = mean(zipf, row -> kinds.contains(row.kind()) ? row.value(fixed) : 0);
    }
    int best = 0;
    for (int arm = 1; arm < arms; arm++) {
      best = means[arm] > means[best] ? arm : best;
    }
    return best;
  }
}
