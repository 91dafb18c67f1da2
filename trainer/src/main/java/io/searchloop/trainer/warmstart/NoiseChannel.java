package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Misspells a text as shoppers do. The channel of Kernighan, Church and Gale (COLING 1990): edits
 * are drawn in proportion to how often real corrections undid them, so the policy learns to undo
 * the slips it will meet. Slips never seen keep a small share ({@link KeyboardSlips}). Immutable;
 * safe for any thread, the random generator is the caller's.
 */
public final class NoiseChannel {
  /** Weight of all generic slips of a character, in observed edits. */
  private static final double PRIOR = 1;

  /** A swap needs a particular neighbour, so it gets a share of its own. */
  private static final double SWAP_PRIOR = .1;

  private static final int MOST_EDITS = 3;

  /** Longer edits than this share of the text are other words, not slips. */
  private static final double LARGEST_SHARE = .4;

  private final Map<String, Double> counts;
  private final Map<String, WeightedChoice<String>> writtenFor = new HashMap<>();
  private final WeightedChoice<Integer> edits;

  private NoiseChannel(Map<SpellingEdit, Double> observed, double[] editsPerText) {
    Map<String, Map<String, Double>> table = new TreeMap<>();
    observed.forEach((edit, count) -> add(table, edit, count));
    for (char c = ' '; c <= 'z'; c++) {
      List<SpellingEdit> slips = KeyboardSlips.of(c);
      slips.forEach(slip -> add(table, slip, PRIOR / slips.size()));
    }
    this.counts = new HashMap<>();
    table.forEach(
        (intended, written) -> {
          WeightedChoice<String> choice =
              new WeightedChoice<>(List.copyOf(written.keySet()), List.copyOf(written.values()));
          writtenFor.put(intended, choice);
          counts.put(intended, choice.total());
        });
    List<Integer> numbers = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int n = 1; n <= MOST_EDITS; n++) {
      numbers.add(n);
      weights.add(editsPerText[n]);
    }
    this.edits = new WeightedChoice<>(numbers, weights);
  }

  /** A channel of generic keyboard slips. */
  public static NoiseChannel generic() {
    return learn(List.of());
  }

  /**
   * Learns the channel from corrections.
   *
   * @param corrections typed to corrected; pairs too different for a slip are passed over
   */
  public static NoiseChannel learn(List<WeightedPair> corrections) {
    Map<SpellingEdit, Double> observed = new HashMap<>();
    double[] editsPerText = {0, 8, 2, 0};
    for (WeightedPair pair : corrections) {
      String written = QueryText.normalise(pair.source());
      String intended = QueryText.normalise(pair.target());
      List<SpellingEdit> slips = SpellingEdit.between(intended, written);
      if (!slips.isEmpty() && slips.size() <= Math.max(1, LARGEST_SHARE * intended.length())) {
        slips.forEach(slip -> observed.merge(slip, pair.weight(), Double::sum));
        editsPerText[Math.min(slips.size(), MOST_EDITS)] += pair.weight();
      }
    }
    return new NoiseChannel(observed, editsPerText);
  }

  /** The text with one to three slips; unchanged only when no slip is possible. */
  public String misspell(String text, RandomGenerator random) {
    StringBuilder written = new StringBuilder(text);
    int wanted = Math.min(edits.draw(random), Math.max(1, text.length() / 4));
    for (int i = 0; i < wanted; i++) {
      slip(written, random);
    }
    String result = QueryText.normalise(written.toString());
    return result.isEmpty() ? text : result;
  }

  private void slip(StringBuilder text, RandomGenerator random) {
    double[] cumulated = new double[text.length() * 2];
    double sum = 0;
    for (int i = 0; i < text.length(); i++) {
      sum += counts.getOrDefault(text.substring(i, i + 1), 0.0);
      cumulated[2 * i] = sum;
      sum += swapWeight(text, i);
      cumulated[2 * i + 1] = sum;
    }
    double threshold = random.nextDouble() * sum;
    for (int k = 0; k < cumulated.length; k++) {
      if (threshold < cumulated[k]) {
        replace(text, k / 2, k % 2 + 1, random);
        return;
      }
    }
  }

  private double swapWeight(StringBuilder text, int i) {
    if (i + 1 >= text.length() || text.charAt(i) == text.charAt(i + 1)) {
      return 0;
    }
    return SWAP_PRIOR + counts.getOrDefault(text.substring(i, i + 2), 0.0);
  }

  private void replace(StringBuilder text, int from, int length, RandomGenerator random) {
    String intended = text.substring(from, from + length);
    WeightedChoice<String> choice = writtenFor.get(intended);
    String written =
        choice == null ? new StringBuilder(intended).reverse().toString() : choice.draw(random);
    text.replace(from, from + length, written);
  }

  private static void add(Map<String, Map<String, Double>> table, SpellingEdit edit, double count) {
    table
        .computeIfAbsent(edit.intended(), intended -> new TreeMap<>())
        .merge(edit.written(), count, Double::sum);
  }
}
