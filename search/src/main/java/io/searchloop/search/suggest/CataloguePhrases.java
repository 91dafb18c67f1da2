package io.searchloop.search.suggest;

import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * What a catalogue calls things, and how many products it calls so: brands, the ends of category
 * paths, and pairs of words that stand together in titles. Pure functions.
 */
final class CataloguePhrases {
  /** A pair of words in fewer titles is a chance. */
  private static final int FEWEST_TITLES = 5;

  private static final int SHORTEST_WORD = 3;
  private static final Pattern PATH = Pattern.compile("[>/|]");

  private CataloguePhrases() {}

  /** Phrases, lower-cased, with the number of products that have them. */
  static Map<String, Integer> of(Iterable<Product> products, Vocabulary vocabulary) {
    Map<String, Integer> named = new HashMap<>();
    Map<String, Integer> pairs = new HashMap<>();
    for (Product product : products) {
      count(named, product.brand());
      String[] path = PATH.split(product.category());
      count(named, path.length == 0 ? "" : path[path.length - 1]);
      pairs(product.title(), vocabulary).forEach(pair -> pairs.merge(pair, 1, Integer::sum));
    }
    pairs.values().removeIf(titles -> titles < FEWEST_TITLES);
    pairs.forEach((pair, titles) -> named.merge(pair, titles, Math::max));
    return named;
  }

  private static void count(Map<String, Integer> phrases, String text) {
    String phrase = normalised(text);
    if (!phrase.isEmpty()) {
      phrases.merge(phrase, 1, Integer::sum);
    }
  }

  /** Each pair once a title: repeating words must not make a phrase. */
  private static Set<String> pairs(String title, Vocabulary vocabulary) {
    List<String> words = new ArrayList<>();
    vocabulary.words(title).forEach(word -> words.add(word.text()));
    Set<String> pairs = new HashSet<>();
    for (int i = 1; i < words.size(); i++) {
      if (telling(words.get(i - 1)) && telling(words.get(i))) {
        pairs.add(words.get(i - 1) + " " + words.get(i));
      }
    }
    return pairs;
  }

  /** Sizes and stop words begin no phrase that somebody looks for. */
  private static boolean telling(String word) {
    return word.length() >= SHORTEST_WORD
        && word.chars().allMatch(Character::isLetter)
        && !EnglishAnalyzer.getDefaultStopSet().contains(word);
  }

  static String normalised(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }
}
