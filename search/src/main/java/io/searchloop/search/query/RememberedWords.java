package io.searchloop.search.query;

import io.searchloop.search.engine.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the neighbours of words that the catalogue lacks: looking for one costs more than a
 * search, and shoppers repeat each other's mistakes. Any thread.
 */
final class RememberedWords implements Vocabulary {
  private static final int MOST_WORDS = 10_000;

  private final Vocabulary vocabulary;
  private final Remembered<String, Optional<String>> neighbours;

  /** Remembers what one catalogue epoch answers. */
  RememberedWords(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.neighbours = new Remembered<>(MOST_WORDS, vocabulary::closest);
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
    return vocabulary.contains(word) ? Optional.empty() : neighbours.of(word);
  }
}
