package io.searchloop.streams.rules;

import io.searchloop.policy.rewrite.QueryText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts as rules compare them: runs of letters and digits, in normal form. {@code Black & Decker}
 * and {@code black decker} are the same, {@code drill} and {@code drills} are not: a rule says
 * exactly what it forbids. Pure functions; any thread.
 */
final class Words {
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
  private static final int LEAST_MODEL_NUMBER = 3;

  private Words() {}

  /** Words of a text, in order. */
  static List<String> of(String text) {
    return Arrays.stream(BETWEEN.split(QueryText.normalise(text)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /**
   * What looks like a model number: without its punctuation at least three characters, one of them
   * a digit. Example: {@code wd-40 spray 12 oz} has {@code wd40}.
   */
  static List<String> modelNumbers(String text) {
    return Arrays.stream(QueryText.normalise(text).split(" "))
        .map(part -> String.join("", of(part)))
        .filter(part -> part.length() >= LEAST_MODEL_NUMBER)
        .filter(part -> part.chars().anyMatch(Character::isDigit))
        .toList();
  }

  /** Whether a text spells a model number, in one word or in several in a row. */
  static boolean spells(List<String> words, String modelNumber) {
    for (int from = 0; from < words.size(); from++) {
      StringBuilder joined = new StringBuilder();
      for (int to = from; to < words.size() && joined.length() < modelNumber.length(); to++) {
        joined.append(words.get(to));
      }
      if (joined.toString().equals(modelNumber)) {
        return true;
      }
    }
    return false;
  }
}
