package io.searchloop.search.suggest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.suggest.InputIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Texts to offer, each once, with what it scores. Texts that were asked score at least 1, texts of
 * the catalogue less. Texts of more than {@value #MOST_CHARACTERS} characters are left out. Filled
 * by one thread, then read by any.
 */
final class SuggestionTexts {
  /** The index ranks by whole numbers. */
  private static final double WEIGHT_OF_ONE = 1_000;

  /** Keeps the score of every number of products below one: log2 of an int is below 32. */
  private static final double PHRASE_DISCOUNT = 32;

  /** Longer texts are no completions, and one alone could keep Lucene from indexing the others. */
  private static final int MOST_CHARACTERS = 200;

  private final Map<String, Double> phrases = new HashMap<>();
  private final Map<String, Double> asked = new HashMap<>();

  /** A phrase of the catalogue, unless shoppers ask it. */
  void catalogue(String phrase, int products) {
    if (phrase.length() <= MOST_CHARACTERS) {
      phrases.put(phrase, Math.log1p(products) / Math.log(2) / PHRASE_DISCOUNT);
    }
  }

  /** A query; of texts that differ in blanks and case the better one counts. */
  void asked(PastQuery query) {
    String text = CataloguePhrases.normalised(query.text());
    if (text.length() <= MOST_CHARACTERS) {
      asked.merge(text, query.score(), Math::max);
      phrases.remove(text);
    }
  }

  /** Whether shoppers asked a text. */
  boolean asked(String text) {
    return asked.containsKey(text);
  }

  int size() {
    return phrases.size() + asked.size();
  }

  /** All texts, the best first. Sorts them: ask once. */
  List<String> ranked() {
    return all().entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the index is built from. */
  InputIterator entries() {
    return new Entries(all().entrySet().iterator());
  }

  private Map<String, Double> all() {
    Map<String, Double> all = new HashMap<>(phrases);
    all.putAll(asked);
    return all;
  }

  /** Texts and weights as Lucene asks for them; no payloads, no contexts. */
  private static final class Entries implements InputIterator {
    private final Iterator<Map.Entry<String, Double>> texts;
    private long weight;

    Entries(Iterator<Map.Entry<String, Double>> texts) {
      this.texts = texts;
    }

    @Override
    public @Nullable BytesRef next() {
      if (!texts.hasNext()) {
        return null;
      }
      Map.Entry<String, Double> text = texts.next();
      weight = Math.round(text.getValue() * WEIGHT_OF_ONE);
      return new BytesRef(text.getKey());
    }

    @Override
    public long weight() {
      return weight;
    }

    @Override
    public @Nullable BytesRef payload() {
      return null;
    }

    @Override
    public boolean hasPayloads() {
      return false;
    }

    @Override
    public @Nullable Set<BytesRef> contexts() {
      return null;
    }

    @Override
    public boolean hasContexts() {
      return false;
    }
  }
}
