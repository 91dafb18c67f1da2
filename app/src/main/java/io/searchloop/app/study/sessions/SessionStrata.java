package io.searchloop.app.study.sessions;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.policy.rewrite.QueryText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which sessions are judged together. */
final class SessionStrata {
  static final String ALL = "all";
  static final String TAIL = "tail";

  /** A word that no more train queries have is rare: what it goes with was hardly learned. */
  private static final int RARE = 1;

  private SessionStrata() {}

  /**
   * All sessions; and the tail, where the successful query has a word that at most one train query
   * has. A stratum without sessions is left out.
   *
   * @return indices of sessions
   */
  static Map<String, int[]> of(Dataset dataset, List<ShoppingSession> sessions) {
    Map<String, Integer> queries = new HashMap<>();
    for (JudgedQuery query : dataset.queries(Split.TRAIN)) {
      words(QueryText.normalise(query.text()))
          .forEach(word -> queries.merge(word, 1, Integer::sum));
    }
    Map<String, int[]> strata = new LinkedHashMap<>();
    put(strata, ALL, sessions, session -> true);
    put(
        strata,
        TAIL,
        sessions,
        session ->
            words(session.next()).stream().anyMatch(word -> queries.getOrDefault(word, 0) <= RARE));
    return strata;
  }

  private static void put(
      Map<String, int[]> strata,
      String name,
      List<ShoppingSession> sessions,
      Predicate<ShoppingSession> member) {
    int[] members =
        IntStream.range(0, sessions.size()).filter(i -> member.test(sessions.get(i))).toArray();
    if (members.length > 0) {
      strata.put(name, members);
    }
  }

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.split(" ")));
  }
}
