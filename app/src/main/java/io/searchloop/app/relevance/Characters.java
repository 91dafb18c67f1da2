package io.searchloop.app.relevance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a text is written, below its words: three characters at a time, which survive a slip and a
 * missing blank ("deckpaint"), and its numbers, which survive a missing unit ("4x8" and "4 ft. x 8
 * ft."). Immutable.
 */
final class Characters {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{Alnum}]+");

  /** Hashes, sorted, each once. */
  private final int[] trigrams;

  private final Set<String> numbers;

  private Characters(int[] trigrams, Set<String> numbers) {
    this.trigrams = trigrams;
    this.numbers = numbers;
  }

  static Characters of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return new Characters(trigrams(lower), numbers(lower));
  }

  /** Different trigrams. */
  int size() {
    return trigrams.length;
  }

  /** Different numbers. */
  int numbers() {
    return numbers.size();
  }

  /** Share of this text's trigrams that the other has too; 0 where there is none. */
  double containedIn(Characters other) {
    int common = 0;
    for (int trigram : trigrams) {
      common += Arrays.binarySearch(other.trigrams, trigram) >= 0 ? 1 : 0;
    }
    return trigrams.length == 0 ? 0 : common / (double) trigrams.length;
  }

  /** Share of this text's numbers that the other has too; -1 where there is none to miss. */
  double numbersIn(Characters other) {
    long common = numbers.stream().filter(other.numbers::contains).count();
    return numbers.isEmpty() ? -1 : common / (double) numbers.size();
  }

  private static int[] trigrams(String text) {
    return Arrays.stream(BETWEEN_WORDS.split(text))
        .filter(word -> !word.isEmpty())
        .map(word -> "^" + word + "$")
        .flatMapToInt(
            word ->
                IntStream.range(0, word.length() - 2)
                    .map(start -> word.substring(start, start + 3).hashCode()))
        .sorted()
        .distinct()
        .toArray();
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new TreeSet<>();
    Matcher found = NUMBER.matcher(text);
    while (found.find()) {
      numbers.add(found.group());
    }
    return numbers;
  }
}
