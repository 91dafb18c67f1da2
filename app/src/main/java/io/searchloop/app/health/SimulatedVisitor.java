package io.searchloop.app.health;

import io.searchloop.learning.experiment.VisitorOutcome;
import java.util.random.RandomGenerator;

/**
 * A visitor with a few searches that resemble each other: an eager shopper clicks more in all of
 * them. Rewards are skewed as those of a shop: most searches earn nothing, a third a click of 1,
 * few an order line of 10, and one buyer in 500 orders twenty lines.
 *
 * @param outcome what the trial sees
 * @param searches searches made; one impression each
 */
record SimulatedVisitor(VisitorOutcome outcome, int searches) {
  private static final double ANOTHER_SEARCH = .55;
  private static final double EAGERNESS = .6;
  private static final double NO_RESULTS = .03;
  private static final double CLICK = .33;
  private static final double ANOTHER_CLICK = .3;
  private static final double CART = .2;
  private static final double PURCHASE = .4;
  private static final double ANOTHER_LINE = .25;
  private static final double WHOLESALE = .002;
  private static final int WHOLESALE_LINES = 20;

  static SimulatedVisitor draw(
      boolean candidate, int percent, Scenario scenario, RandomGenerator random) {
    double clickLoss = candidate ? scenario.clickLoss() : 0;
    double rewardLoss = candidate ? scenario.rewardLoss() : 0;
    double eager = Math.exp(EAGERNESS * random.nextGaussian() - EAGERNESS * EAGERNESS / 2);
    int searches = 0;
    int empty = 0;
    int abandoned = 0;
    double reward = 0;
    double latency = 0;
    double length = 0;
    do {
      searches++;
      boolean none = random.nextDouble() < NO_RESULTS;
      double earned = none ? 0 : earned(Math.min(.9, CLICK * eager), clickLoss, random);
      empty += none ? 1 : 0;
      abandoned += earned == 0 ? 1 : 0;
      reward += earned * (1 - rewardLoss);
      latency += 25 * Math.exp(.5 * random.nextGaussian());
      length += 8 + random.nextInt(17);
    } while (random.nextDouble() < ANOTHER_SEARCH);
    double count = searches;
    return new SimulatedVisitor(
        new VisitorOutcome(
            candidate,
            percent,
            reward / count,
            empty / count,
            latency / count,
            abandoned / count,
            length / count),
        searches);
  }

  private static double earned(double click, double loss, RandomGenerator random) {
    if (random.nextDouble() >= click * (1 - loss)) {
      return 0; // who does not click neither carts nor buys, so the loss is of all three
    }
    double earned = 1;
    while (random.nextDouble() < ANOTHER_CLICK) {
      earned++;
    }
    if (random.nextDouble() < CART) {
      earned += 3;
      if (random.nextDouble() < PURCHASE) {
        earned += 10 * lines(random);
      }
    }
    return earned;
  }

  private static int lines(RandomGenerator random) {
    if (random.nextDouble() < WHOLESALE) {
      return WHOLESALE_LINES;
    }
    int lines = 1;
    while (random.nextDouble() < ANOTHER_LINE) {
      lines++;
    }
    return lines;
  }
}
