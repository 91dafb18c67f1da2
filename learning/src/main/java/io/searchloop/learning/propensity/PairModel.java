package io.searchloop.learning.propensity;

import java.util.Arrays;
import java.util.List;

/**
 * The positions' strengths in a tournament of pairs: {@code P(a click on a pair's products came at
 * k) = p_k / (p_k + p_l)}, after Bradley and Terry (1952). The attraction of the products cancels,
 * so it need not be modelled, and the score has mean 0 at the true ratios however often shoppers
 * click.
 *
 * <p>Fitted by the update {@code p_k := wins_k / sum over l of total_kl / (p_k + p_l)} until it
 * settles (Hunter, "MM Algorithms for Generalized Bradley-Terry Models", Annals of Statistics
 * 2004).
 */
final class PairModel {
  private static final int MOST_ROUNDS = 100_000;
  private static final double PRECISION = 1e-12;

  private final double[] strength;

  private PairModel(double[] strength) {
    this.strength = strength;
  }

  /** The most likely strengths, position one's being 1; the pairs are connected. */
  static PairModel fit(PositionPairs pairs) {
    double[] strength = new double[pairs.positions()];
    Arrays.fill(strength, 1);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] improved = improve(pairs, strength);
      double change = 0;
      for (int k = 0; k < strength.length; k++) {
        change = Math.max(change, Math.abs(improved[k] / strength[k] - 1));
      }
      strength = improved;
      if (change < PRECISION) {
        return new PairModel(strength);
      }
    }
    throw new IllegalStateException(
        "Position bias still moved after %d rounds, expected it to settle. Positions hang together by too few clicks: estimate fewer."
            .formatted(MOST_ROUNDS));
  }

  private static double[] improve(PositionPairs pairs, double[] strength) {
    double[] improved = new double[strength.length];
    for (int k = 0; k < strength.length; k++) {
      double wins = 0;
      double chances = 0;
      for (int l = 0; l < strength.length; l++) {
        if (l != k) {
          wins += pairs.wins(k, l);
          chances += pairs.total(k, l) / (strength[k] + strength[l]);
        }
      }
      improved[k] = wins / chances;
    }
    double first = improved[0];
    return Arrays.stream(improved).map(value -> value / first).toArray();
  }

  double strength(int k) {
    return strength[k];
  }

  /**
   * Standard errors of log strength relative to position one, by position from zero: the sandwich
   * {@code H^-1 (sum over queries of s s') H^-1} with each query's score s, so products and pages
   * of one query may depend on each other (Liang and Zeger, Biometrika 1986).
   *
   * @param all the pairs this was fitted to
   * @param queries the same, query by query
   */
  double[] logErrors(PositionPairs all, List<PositionPairs> queries) {
    int free = strength.length - 1;
    double[][] inverse = Matrices.inverse(information(all));
    double[][] spread = new double[free][free];
    for (PositionPairs query : queries) {
      double[] score = score(query);
      for (int k = 0; k < free; k++) {
        for (int l = 0; l < free; l++) {
          spread[k][l] += score[k + 1] * score[l + 1];
        }
      }
    }
    double[][] covariance = Matrices.product(Matrices.product(inverse, spread), inverse);
    double fewQueries = queries.size() / (queries.size() - 1.0);
    double[] errors = new double[strength.length];
    for (int k = 0; k < free; k++) {
      errors[k + 1] = Math.sqrt(Math.max(0, covariance[k][k]) * fewQueries);
    }
    return errors;
  }

  /** Wins less expected wins, by position. */
  private double[] score(PositionPairs pairs) {
    double[] score = new double[strength.length];
    for (int k = 0; k < score.length; k++) {
      for (int l = 0; l < score.length; l++) {
        if (l != k) {
          score[k] += pairs.wins(k, l) - pairs.total(k, l) * chance(k, l);
        }
      }
    }
    return score;
  }

  /** Minus the derivative of the score by log strength, without position one. */
  private double[][] information(PositionPairs pairs) {
    int free = strength.length - 1;
    double[][] information = new double[free][free];
    for (int k = 1; k <= free; k++) {
      for (int l = 0; l <= free; l++) {
        double weight = k == l ? 0 : pairs.total(k, l) * chance(k, l) * chance(l, k);
        information[k - 1][k - 1] += weight;
        if (l > 0) {
          information[k - 1][l - 1] -= weight;
        }
      }
    }
    return information;
  }

  private double chance(int k, int l) {
    return strength[k] / (strength[k] + strength[l]);
  }
}
