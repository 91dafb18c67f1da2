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
import java.util.Collection;
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
 * Words that make queries better, found by trying: title words of a train query's relevant
 * products, each added to the query as it would be served. What a word earned in other queries that
 * share words with one says whether it is expanded by it ({@link WordGains}); what it earned in the
 * query itself or in a near duplicate does not, since some word always helps, by luck. So the pairs
 * say what can be told from the words of a query, and that is what a policy can learn.
 */
final class Expansions {
  private static final int LEAST_QUERIES = 5;
  private static final int SHORTEST_WORD = 3;

  /** Of .002 to .05 the least that paid on dev queries of Home Depot, split 1. */
  private static final double LEAST_GAIN = .02;

  private final Dataset dataset;
  private final Vocabulary vocabulary;
  private final Feedback feedback;
  private final int tried;

  /** A query with what was tried in it. */
  private record Trial(String query, WordGains.Trials tried) {}

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

  /**
   * A pair of each query: with the word that is expected to help most, or with itself where none
   * is. Searches on every core.
   */
  List<WeightedPair> pairs(List<JudgedQuery> queries) {
    List<Trial> trials = trials(queries);
    WordGains gains = new WordGains();
    Map<String, List<WordGains.Trials>> clusters = new HashMap<>();
    for (Trial trial : trials) {
      gains.add(trial.tried());
      clusters.computeIfAbsent(cluster(trial), name -> new ArrayList<>()).add(trial.tried());
    }
    return trials.stream()
        .map(
            trial ->
                new WeightedPair(
                    trial.query(),
                    expanded(trial, gains, clusters.getOrDefault(cluster(trial), List.of())),
                    1))
        .toList();
  }

  private String cluster(Trial trial) {
    return dataset.split().cluster(trial.query());
  }

  private static String expanded(Trial trial, WordGains gains, List<WordGains.Trials> own) {
    return gains.expected(trial.tried().typed(), own).entrySet().stream()
        .filter(entry -> entry.getValue() >= LEAST_GAIN)
        .max(Map.Entry.comparingByValue())
        .map(best -> trial.query() + " " + best.getKey())
        .orElse(trial.query());
  }

  private List<Trial> trials(List<JudgedQuery> queries) {
    Map<String, String> titles =
        dataset.products().stream()
            .collect(Collectors.toMap(Product::id, Product::title, (one, other) -> other));
    List<Set<String>> words =
        queries.stream()
            .map(
                query ->
                    words(
                        dataset.relevant(query).stream()
                            .map(id -> titles.getOrDefault(id, ""))
                            .collect(Collectors.joining(" "))))
            .toList();
    Map<String, Integer> known = new HashMap<>();
    words.stream().flatMap(Collection::stream).forEach(word -> known.merge(word, 1, Integer::sum));
    return IntStream.range(0, queries.size())
        .parallel()
        .mapToObj(i -> trial(QueryText.normalise(queries.get(i).text()), words.get(i), known))
        .toList();
  }

  private Trial trial(String query, Set<String> words, Map<String, Integer> known) {
    Set<String> typed = words(query);
    List<String> candidates =
        words.stream()
            .filter(word -> !typed.contains(word) && known.getOrDefault(word, 0) >= LEAST_QUERIES)
            .sorted(Comparator.<String, Integer>comparing(known::get).reversed())
            .limit(tried)
            .toList();
    List<Double> rewards =
        feedback
            .score(
                query,
                candidates.stream()
                    .map(word -> new Proposal(List.of(query + " " + word), 1))
                    .toList())
            .rewards();
    Map<String, Double> gains = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      gains.put(candidates.get(i), rewards.get(i));
    }
    return new Trial(query, new WordGains.Trials(typed, gains));
  }

  private Set<String> words(String text) {
    return vocabulary.words(text).stream()
        .map(Word::text)
        .filter(
            word -> word.length() >= SHORTEST_WORD && word.chars().allMatch(Character::isLetter))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
