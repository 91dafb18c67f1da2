package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of supervised pairs from a shop's own texts: misspelt queries, words and title
 * n-grams, about a quarter left as they are, and co-clicked and corrected pairs by weight. Equal
 * texts and seeds give equal streams. One thread.
 */
public final class PairMiner {
  private static final int LONGEST_SEQUENCE = 4;

  /** Shorter words carry too little to be recognised once misspelt. */
  private static final int SHORTEST_WORD = 4;

  private final PairMix mix;
  private final NoiseChannel noise;
  private final RandomGenerator random;
  private final List<String> queries;
  private final List<String> phrases;
  private final List<String> words;
  private final @Nullable WeightedChoice<RewritePair> coClicks;
  private final @Nullable WeightedChoice<RewritePair> corrections;

  public PairMiner(WarmStartText text, PairMix mix, NoiseChannel noise, RandomGenerator random) {
    this.mix = mix;
    this.noise = noise;
    this.random = random;
    List<String> givenQueries = normalised(text.queries());
    List<String> givenPhrases = normalised(text.phrases());
    this.queries = givenQueries.isEmpty() ? givenPhrases : givenQueries;
    this.phrases = givenPhrases.isEmpty() ? givenQueries : givenPhrases;
    this.words = words(queries, phrases);
    this.coClicks = choice(text.coClicks());
    this.corrections = choice(text.corrections());
  }

  /** The next pair. */
  public RewritePair next() {
    double share = random.nextDouble();
    if (coClicks != null && share < mix.coClicks()) {
      return coClicks.draw(random);
    }
    if (corrections != null && share >= 1 - mix.corrections()) {
      return corrections.draw(random);
    }
    String target = target();
    boolean keep = random.nextDouble() < mix.identity();
    return new RewritePair(keep ? target : noise.misspell(target, random), target);
  }

  private String target() {
    double share = random.nextDouble();
    if (share < mix.queries()) {
      return any(queries);
    }
    return share < mix.queries() + mix.words() ? any(words) : sequence(any(phrases));
  }

  /** One to four neighbouring words of a phrase. */
  private String sequence(String phrase) {
    String[] all = phrase.split(" ");
    int length = 1 + random.nextInt(Math.min(LONGEST_SEQUENCE, all.length));
    int from = random.nextInt(all.length - length + 1);
    return String.join(" ", Arrays.asList(all).subList(from, from + length));
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static List<String> normalised(List<String> texts) {
    return texts.stream().map(QueryText::normalise).filter(text -> !text.isEmpty()).toList();
  }

  private static List<String> words(List<String> queries, List<String> phrases) {
    TreeSet<String> distinct = new TreeSet<>();
    for (List<String> texts : List.of(queries, phrases)) {
      for (String text : texts) {
        for (String word : text.split(" ")) {
          if (word.length() >= SHORTEST_WORD) {
            distinct.add(word);
          }
        }
      }
    }
    return distinct.isEmpty() ? queries : List.copyOf(distinct);
  }

  private static @Nullable WeightedChoice<RewritePair> choice(List<WeightedPair> pairs) {
    List<RewritePair> items = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (WeightedPair pair : pairs) {
      String source = QueryText.normalise(pair.source());
      String target = QueryText.normalise(pair.target());
      if (!source.isEmpty() && !target.isEmpty()) {
        items.add(new RewritePair(source, target));
        weights.add(pair.weight());
      }
    }
    return items.isEmpty() ? null : new WeightedChoice<>(items, weights);
  }
}
