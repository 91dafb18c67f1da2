package io.searchloop.app.cli;

import java.util.stream.Stream;

/** Numbers with commas between them, as options take them. */
final class NumberList {
  private NumberList() {}

  /**
   * Reads exactly so many numbers.
   *
   * @throws IllegalArgumentException naming the option and what was found
   */
  static double[] parse(String option, String text, int count) {
    double[] numbers;
    try {
      numbers = Stream.of(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      numbers = new double[0];
    }
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          "%s: found '%s', expected %d numbers with commas between them."
              .formatted(option, text, count));
    }
    return numbers;
  }
}
