package io.searchloop.learning.propensity;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A log of three ranking functions, none of which shuffles: they rank the same products by
 * attraction with different noise. Simulated shoppers click by examination times attraction.
 */
final class LoggedClicks {
  private static final int RANKINGS = 3;
  private static final int IMPRESSIONS = 40;
  private static final double NOISE = .15;

  private LoggedClicks() {}

  static List<PositionClicks> simulate(int queries, double[] examination, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PositionClicks> clicks = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      double[] attraction = random.doubles(examination.length).map(u -> .6 * u * u).toArray();
      for (int ranking = 0; ranking < RANKINGS; ranking++) {
        List<Integer> ranked = rank(attraction, random);
        for (int position = 1; position <= ranked.size(); position++) {
          int product = ranked.get(position - 1);
          double rate = examination[position - 1] * attraction[product];
          long clicked = random.doubles(IMPRESSIONS).filter(u -> u < rate).count();
          clicks.add(
              new PositionClicks("q" + query, "p" + product, position, IMPRESSIONS, clicked));
        }
      }
    }
    return clicks;
  }

  private static List<Integer> rank(double[] attraction, SplittableRandom random) {
    double[] scores = new double[attraction.length];
    for (int product = 0; product < scores.length; product++) {
      scores[product] = attraction[product] + NOISE * random.nextGaussian();
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted((a, b) -> Double.compare(scores[b], scores[a]))
        .toList();
  }
}
