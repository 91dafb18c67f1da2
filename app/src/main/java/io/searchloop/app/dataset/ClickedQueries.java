package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns a log of clicks into a {@link Dataset}: a query's popularity is its clicks, the grade of a
 * product is its share of them, and the texts that led to the same products are the titles of what
 * was clicked. Example: "mw3" with 8 clicks on Modern Warfare 3 and 2 on its Hardened Edition has
 * popularity 10 and grades .8 and .2.
 *
 * <p>A click is no judgment: what stood high was clicked more, and what nobody was shown could not
 * be clicked at all.
 */
final class ClickedQueries {
  private final ClickLog log;
  private final Map<String, Map<String, Integer>> clicks = new TreeMap<>();

  ClickedQueries(ClickLog log) {
    this.log = log;
    for (LoggedClick click : log.clicks()) {
      clicks
          .computeIfAbsent(QueryText.normalise(click.query()), query -> new TreeMap<>())
          .merge(click.product(), 1, Integer::sum);
    }
    clicks.remove(""); // nothing but control characters
  }

  Dataset dataset() {
    return new Dataset(
        log.name(),
        log.products(),
        queries(),
        GradeScale.CLICK_SHARES,
        log.corrections(),
        titles(),
        log.problems(),
        QuerySplit.allLearned());
  }

  private List<JudgedQuery> queries() {
    List<JudgedQuery> queries = new ArrayList<>();
    clicks.forEach(
        (query, products) -> {
          double all = products.values().stream().mapToInt(Integer::intValue).sum();
          Map<String, Double> shares = new LinkedHashMap<>();
          products.forEach((product, count) -> shares.put(product, count / all));
          queries.add(new JudgedQuery(query, query, all, shares));
        });
    queries.sort(Comparator.comparingDouble(JudgedQuery::popularity).reversed()); // stable
    return queries;
  }

  private CoClicks titles() {
    Map<String, String> titles =
        log.products().stream().collect(Collectors.toMap(Product::id, Product::title));
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    clicks.forEach(
        (query, products) -> {
          Map<String, Integer> targets = new LinkedHashMap<>();
          products.forEach(
              (product, count) ->
                  targets.merge(
                      QueryText.normalise(titles.getOrDefault(product, "")), count, Integer::sum));
          counts.put(query, targets);
        });
    return new CoClicks(counts);
  }
}
