package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What memory alone does: the products that a query's shoppers clicked in the past stand first,
 * most clicked first, what is searched follows. It rewrites nothing and says nothing about queries
 * that nobody typed before; what a learner adds on seen queries has to be read beside it.
 */
public final class MostClicked implements Function<String, List<String>> {
  private final Map<String, List<String>> remembered = new HashMap<>();
  private final Function<String, List<String>> search;

  /**
   * @param past queries with shares of clicks as grades
   * @param search ranks what is not remembered
   */
  public MostClicked(Dataset past, Function<String, List<String>> search) {
    this.search = search;
    for (JudgedQuery query : past.queries()) {
      remembered.put(
          QueryText.normalise(query.text()),
          new TreeMap<>(query.grades())
              .entrySet().stream()
                  .sorted(Map.Entry.<String, Double>comparingByValue().reversed()) // stable
                  .map(Map.Entry::getKey)
                  .toList());
    }
  }

  @Override
  public List<String> apply(String query) {
    Set<String> ranking = new LinkedHashSet<>(remembered.getOrDefault(query, List.of()));
    ranking.addAll(search.apply(query));
    return List.copyOf(ranking);
  }
}
