package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.engine.Vocabulary.Word;
import io.searchloop.trainer.offline.Feedback;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Words that make a train query better, found by trying: title words of its relevant products, each
 * added to the query as it would be served. Pairs of the query and its expansions are what a warm
 * start needs for reinforcement to have something to choose from; one that only mends spelling
 * never proposes a word.
 *
 * <p>A word must stand in titles of products relevant to several train queries: what helps one
 * query alone is the name of a product. The pairs of a query weigh one in all: an expansion as much
 * of it as its share of the rewards, or the query as it is where nothing helps.
 */
final class Expansions {
  private static final int LEAST_QUERIES = 5;
  private static final int SHORTEST_WORD = 3;

  private final Dataset dataset;
  private final Vocabulary vocabulary;
  private final Feedback feedback;
  private final int tried;

  /**
   * @param feedback rewards of rewrites of train queries
   * @param tried words tried for a query, those of most other queries first
   */
  Expansions(Dataset dataset, Vocabulary vocabulary, Feedback feedback, int tried) {
    this.dataset = dataset;
    this.vocabulary = vocabulary;
    this.feedback = feedback;
    this.tried = tried;
  }

  /** Pairs of all queries with a relevant product; searches on every core. */
  List<WeightedPair> pairs(List<JudgedQuery> queries) {
    List<Set<String>> words = titleWords(queries);
    Map<String, Integer> known = new HashMap<>();
    words.forEach(titles -> titles.forEach(word -> known.merge(word, 1, Integer::sum)));
    return IntStream.range(0, queries.size())
        .parallel()
        .filter(i -> !words.get(i).isEmpty())
        .mapToObj(i -> pairs(QueryText.normalise(queries.get(i).text()), words.get(i), known))
        .flatMap(List::stream)
        .toList();
  }

  private List<Set<String>> titleWords(List<JudgedQuery> queries) {
    Map<String, String> titles =
        dataset.products().stream()
            .collect(Collectors.toMap(Product::id, Product::title, (one, other) -> other));
    return queries.stream()
        .map(
            query ->
                dataset.relevant(query).stream()
                    .flatMap(id -> words(titles.getOrDefault(id, "")).stream())
                    .collect(Collectors.toCollection(TreeSet::new)))
        .<Set<String>>map(words -> words)
        .toList();
  }

  private List<WeightedPair> pairs(String query, Set<String> words, Map<String, Integer> known) {
    Set<String> typed = words(query);
    List<String> candidates =
        words.stream()
            .filter(word -> !typed.contains(word) && known.get(word) >= LEAST_QUERIES)
            .sorted(Comparator.<String, Integer>comparing(known::get).reversed())
            .limit(tried)
            .map(word -> query + " " + word)
            .toList();
    List<Double> rewards =
        feedback
            .score(query, candidates.stream().map(text -> new Proposal(List.of(text), 1)).toList())
            .rewards();
    Map<String, Double> gains = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (rewards.get(i) > 0) {
        gains.put(candidates.get(i), rewards.get(i));
      }
    }
    if (gains.isEmpty()) {
      return List.of(new WeightedPair(query, query, 1));
    }
    double sum = gains.values().stream().mapToDouble(gain -> gain).sum();
    List<WeightedPair> pairs = new ArrayList<>();
    gains.forEach((text, gain) -> pairs.add(new WeightedPair(query, text, gain / sum)));
    return pairs;
  }

  private Set<String> words(String text) {
    return vocabulary.words(text).stream()
        .map(Word::text)
        .filter(
            word -> word.length() >= SHORTEST_WORD && word.chars().allMatch(Character::isLetter))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
