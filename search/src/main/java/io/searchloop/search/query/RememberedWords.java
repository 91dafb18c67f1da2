package io.searchloop.search.query;

import io.searchloop.search.engine.Vocabulary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the neighbours of words that the catalogue lacks. Looking for one costs more than a
 * search, shoppers repeat each other's mistakes, and the words of an epoch never change, so what is
 * remembered is never stale. The words that were asked longest ago are forgotten first.
 *
 * <p>Any thread; two that ask for a new word at once both look for it.
 */
final class RememberedWords implements Vocabulary {
  private static final int MOST_WORDS = 10_000;
  private static final float LOAD_FACTOR = .75f;

  private final Vocabulary vocabulary;
  private final Map<String, Optional<String>> neighbours =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
              return size() > MOST_WORDS;
            }
          });

  /** Remembers what one catalogue epoch answers. */
  RememberedWords(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public List<Word> words(String text) {
    return vocabulary.words(text);
  }

  @Override
  public boolean contains(String word) {
    return vocabulary.contains(word);
  }

  @Override
  public Optional<String> closest(String word) {
    if (vocabulary.contains(word)) {
      return Optional.empty();
    }
    Optional<String> known = neighbours.get(word);
    if (known == null) {
      known = vocabulary.closest(word);
      neighbours.put(word, known);
    }
    return known;
  }
}
