package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.JudgedQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * What each arm would show for a query. Arms that show the same page are one choice, that of the
 * first of them: telling them apart would only spoil propensities.
 *
 * @param query what is typed, and what its shoppers want
 * @param kind kind of query, told without looking at judgments
 * @param pages products in shown order, by arm
 * @param values expected reward of each page
 * @param representatives for each arm the first arm with the same page
 * @param available the representatives, each once
 */
record QueryArms(
    JudgedQuery query,
    QueryKind kind,
    List<List<String>> pages,
    List<Double> values,
    List<Integer> representatives,
    List<Integer> available) {

  static QueryArms of(
      JudgedQuery query, QueryKind kind, List<List<String>> pages, List<Double> values) {
    List<Integer> representatives = new ArrayList<>();
    pages.forEach(page -> representatives.add(pages.indexOf(page)));
    return new QueryArms(
        query,
        kind,
        List.copyOf(pages),
        List.copyOf(values),
        List.copyOf(representatives),
        representatives.stream().distinct().toList());
  }

  /**
   * What a bandit knows of the query before it chooses: its kind, and which arms differ for it. Of
   * one kind some queries can be corrected and some cannot; arms are comparable on the former only.
   */
  String choice() {
    return kind.key() + representatives;
  }

  double value(int arm) {
    return values.get(arm);
  }

  /** The arm that earns most. */
  int best() {
    int best = 0;
    for (int arm = 1; arm < values.size(); arm++) {
      best = values.get(arm) > values.get(best) ? arm : best;
    }
    return best;
  }
}
