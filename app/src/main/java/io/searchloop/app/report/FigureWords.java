package io.searchloop.app.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures by name, in one line for a person: {@code exact match 0.891, validity 1.000}. */
public final class FigureWords {
  private FigureWords() {}

  /** The line; empty without figures. */
  public static String of(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(figure -> words(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String words(String name, double value) {
    String format = Math.abs(value) >= 100 ? "%s %,.0f" : "%s %.3f";
    return String.format(Locale.ROOT, format, name.replace('_', ' '), value);
  }
}
