package io.searchloop.search.engine;

import java.util.List;
import java.util.Optional;

/**
 * The words of a catalogue as the shop writes them, not stemmed: a word the catalogue uses is right
 * by definition, be it brand, model or jargon. Adding a product changes the vocabulary, and with it
 * what counts as a misspelling, without retraining anything.
 *
 * <p>Safe for concurrent use while the engine it came from is open.
 */
public interface Vocabulary {

  /** The words of a text, lower-cased, with their places in it. */
  List<Word> words(String text);

  /**
   * Whether a product uses the word.
   *
   * @param word as {@link #words} returns it
   * @throws IllegalStateException when the engine is closed
   */
  boolean contains(String word);

  /**
   * The most similar word of the catalogue, at most two edits away; empty when the word is known or
   * nothing is near.
   *
   * @param word as {@link #words} returns it
   * @throws IllegalStateException when the engine is closed
   */
  Optional<String> closest(String word);

  /**
   * A word within a text.
   *
   * @param text the word, lower-cased
   * @param start offset of its first character
   * @param end offset behind its last character
   */
  record Word(String text, int start, int end) {}
}
