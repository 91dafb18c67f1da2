package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.engine.Vocabulary.Word;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mines synonyms from the relevant products of <em>train</em> queries: title word u says query word
 * t when titles of products relevant to queries with t hold u, more often than chance would:
 *
 * <pre>
 *   P(u|t) = queries with t and a relevant title with u / queries with t       at least .3
 *   lift   = P(u|t) / P(u)                                                    at least 5
 * </pre>
 *
 * <p>over at least five queries; the two strongest by P(u|t) are kept. Example: 8 of 10 queries
 * that say "fridge" lead to a title with "refrigerator", which 2 % of all queries lead to: P .8,
 * lift 40. Words with digits are models and sizes, and say nothing else.
 */
final class AssociationMiner {
  private static final int LEAST_QUERIES = 5;
  private static final double LEAST_SHARE = .3;
  private static final double LEAST_LIFT = 5;
  private static final int ALTERNATIVES = 2;

  private final Vocabulary vocabulary;
  private final Map<String, Integer> queriesWith = new HashMap<>();
  private final Map<String, Integer> queriesToTitlesWith = new HashMap<>();
  private final Map<String, Map<String, Integer>> together = new TreeMap<>();
  private int queries;

  private AssociationMiner(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Synonyms from a dataset's train queries. */
  static SynonymDictionary mine(Dataset dataset, Vocabulary vocabulary) {
    Map<String, String> titles =
        dataset.products().stream()
            .collect(Collectors.toMap(Product::id, Product::title, (one, other) -> other));
    AssociationMiner miner = new AssociationMiner(vocabulary);
    for (JudgedQuery query : dataset.queries(Split.TRAIN)) {
      Set<String> inTitles = new HashSet<>();
      dataset.relevant(query).stream()
          .map(id -> titles.getOrDefault(id, ""))
          .forEach(title -> inTitles.addAll(miner.words(title)));
      if (!inTitles.isEmpty()) {
        miner.count(miner.words(query.text()), inTitles);
      }
    }
    return miner.dictionary();
  }

  private void count(Set<String> typed, Set<String> inTitles) {
    queries++;
    inTitles.forEach(word -> queriesToTitlesWith.merge(word, 1, Integer::sum));
    for (String word : typed) {
      queriesWith.merge(word, 1, Integer::sum);
      Map<String, Integer> counts = together.computeIfAbsent(word, w -> new HashMap<>());
      inTitles.stream()
          .filter(other -> !typed.contains(other))
          .forEach(other -> counts.merge(other, 1, Integer::sum));
    }
  }

  private SynonymDictionary dictionary() {
    Map<String, List<String>> synonyms = new LinkedHashMap<>();
    together.forEach(
        (word, counts) -> {
          List<String> strongest =
              counts.entrySet().stream()
                  .filter(entry -> associated(word, entry.getKey(), entry.getValue()))
                  .sorted(
                      Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                          .thenComparing(Map.Entry.comparingByKey()))
                  .limit(ALTERNATIVES)
                  .map(Map.Entry::getKey)
                  .toList();
          if (!strongest.isEmpty()) {
            synonyms.put(word, strongest);
          }
        });
    return new SynonymDictionary(synonyms);
  }

  private boolean associated(String word, String other, int count) {
    double share = count / (double) queriesWith.getOrDefault(word, 1);
    double base = queriesToTitlesWith.getOrDefault(other, queries) / (double) queries;
    return count >= LEAST_QUERIES && share >= LEAST_SHARE && share / base >= LEAST_LIFT;
  }

  private Set<String> words(String text) {
    return vocabulary.words(text).stream()
        .map(Word::text)
        .filter(word -> word.length() > 1 && word.chars().noneMatch(Character::isDigit))
        .collect(Collectors.toSet());
  }
}
