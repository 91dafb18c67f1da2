package io.searchloop.app.dataset;

import java.util.OptionalDouble;

/** Grades written as numbers. */
final class Grades {
  private Grades() {}

  /** The number; empty when it is none, or not finite. */
  static OptionalDouble parse(String text) {
    try {
      double grade = Double.parseDouble(text);
      return Double.isFinite(grade) ? OptionalDouble.of(grade) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
