package io.searchloop.learning.counterfactual;

import io.searchloop.learning.counterfactual.Estimator.Term;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The terms of an estimate added up by visitor, and the estimates that other visitors would have
 * given: the bootstrap (Efron and Tibshirani, 1993) by visitor, since searches of one visitor are
 * not independent.
 */
final class VisitorSums {
  private final Map<String, Integer> places = new HashMap<>();
  private double[] numerators = new double[16];
  private double[] denominators = new double[16];

  void add(String visitor, Term term) {
    int place = places.computeIfAbsent(visitor, v -> places.size());
    if (place == numerators.length) {
      numerators = Arrays.copyOf(numerators, 2 * place);
      denominators = Arrays.copyOf(denominators, 2 * place);
    }
    numerators[place] += term.numerator();
    denominators[place] += term.denominator();
  }

  int visitors() {
    return places.size();
  }

  double value() {
    double numerator = 0;
    double denominator = 0;
    for (int place = 0; place < places.size(); place++) {
      numerator += numerators[place];
      denominator += denominators[place];
    }
    return ratio(numerator, denominator);
  }

  /** Values of as many visitors drawn with replacement, in ascending order. */
  double[] resampled(int resamples, RandomGenerator random) {
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      double numerator = 0;
      double denominator = 0;
      for (int drawn = 0; drawn < places.size(); drawn++) {
        int place = random.nextInt(places.size());
        numerator += numerators[place];
        denominator += denominators[place];
      }
      values[i] = ratio(numerator, denominator);
    }
    Arrays.sort(values);
    return values;
  }

  /** Without any weight nothing is known; nothing is then claimed to be earned. */
  private static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }
}
