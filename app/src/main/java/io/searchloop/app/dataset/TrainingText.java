package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.warmstart.WarmStartText;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a warm start may read of a dataset: the catalogue's own words, what train queries say,
 * how they were corrected, and the noisy history of train queries. Nothing typed in a dev or test
 * query, and nothing that leads to one.
 */
public final class TrainingText {
  private static final int LONGEST_NGRAM = 4;
  private static final int MOST_NGRAMS = 30_000;
  private static final int RAREST_NGRAM = 2;

  private TrainingText() {}

  /** What the warm start may read of a dataset, normalised; train queries most popular first. */
  public static WarmStartText of(Dataset dataset) {
    return new WarmStartText(
        phrases(dataset.products()),
        dataset.queries(Split.TRAIN).stream()
            .map(query -> QueryText.normalise(query.text()))
            .distinct()
            .toList(),
        coClicks(dataset),
        corrections(dataset));
  }

  /**
   * The same with pairs of judged queries in place of the dataset's history.
   *
   * @param threshold k: relevant products that two queries must share
   */
  public static WarmStartText ofJudged(Dataset dataset, int threshold) {
    WarmStartText text = of(dataset);
    return new WarmStartText(
        text.phrases(),
        text.queries(),
        JudgedGraph.of(dataset).pairs(threshold),
        text.corrections());
  }

  /** Categories, brands, then the most frequent title n-grams. */
  private static List<String> phrases(List<Product> products) {
    Set<String> phrases = new LinkedHashSet<>();
    for (Product product : products) {
      phrases.add(QueryText.normalise(product.category()));
      phrases.add(QueryText.normalise(product.brand()));
    }
    phrases.remove("");
    phrases.addAll(frequentNgrams(products));
    return List.copyOf(phrases);
  }

  /** N-grams that at least two titles share, most frequent first. */
  private static List<String> frequentNgrams(List<Product> products) {
    Map<String, Integer> counts = new HashMap<>();
    for (Product product : products) {
      for (String ngram : ngrams(QueryText.normalise(product.title()).split(" "))) {
        counts.merge(ngram, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= RAREST_NGRAM)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_NGRAMS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Set<String> ngrams(String[] words) {
    Set<String> ngrams = new LinkedHashSet<>();
    for (int start = 0; start < words.length; start++) {
      StringBuilder ngram = new StringBuilder(words[start]);
      ngrams.add(ngram.toString());
      for (int i = start + 1; i < Math.min(words.length, start + LONGEST_NGRAM); i++) {
        ngrams.add(ngram.append(' ').append(words[i]).toString());
      }
    }
    return ngrams;
  }

  private static List<WeightedPair> coClicks(Dataset dataset) {
    Set<String> heldOut = heldOut(dataset);
    List<WeightedPair> pairs = new ArrayList<>();
    dataset
        .coClicks()
        .counts()
        .forEach(
            (query, targets) -> {
              if (dataset.split().of(query) == Split.TRAIN) {
                targets.forEach(
                    (target, count) -> {
                      if (!heldOut.contains(dataset.split().cluster(target))) {
                        pairs.add(new WeightedPair(query, target, count));
                      }
                    });
              }
            });
    return pairs;
  }

  private static List<WeightedPair> corrections(Dataset dataset) {
    Set<String> heldOut = heldOut(dataset);
    List<WeightedPair> pairs = new ArrayList<>();
    dataset
        .corrections()
        .forEach(
            (typed, right) -> {
              WeightedPair pair =
                  new WeightedPair(QueryText.normalise(typed), QueryText.normalise(right), 1);
              if (dataset.split().of(typed) == Split.TRAIN
                  && !heldOut.contains(dataset.split().cluster(pair.target()))) {
                pairs.add(pair);
              }
            });
    return pairs;
  }

  /** Clusters of held-out queries: nothing that is learned may lead there. */
  private static Set<String> heldOut(Dataset dataset) {
    return dataset.queries().stream()
        .map(JudgedQuery::text)
        .filter(text -> dataset.split().of(text) != Split.TRAIN)
        .map(dataset.split()::cluster)
        .collect(Collectors.toSet());
  }
}
