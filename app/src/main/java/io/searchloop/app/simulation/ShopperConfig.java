package io.searchloop.app.simulation;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * How shoppers behave. Delays are demonstration time: seconds stand for the hours of a real shop.
 *
 * @param searchesPerSecond mean rate; arrivals are a Poisson process
 * @param seed of all their choices
 * @param queries how many of the most popular train queries they type
 * @param threads threads that wait for the shop
 * @param thinkTime mean pause between two things a shopper does, exponential
 * @param purchaseDelay mean delay from the last cart to the order, exponential
 * @param refundDelay mean delay from order to refund, exponential
 * @param examinationDecay eta of {@link ClickModel}: how fast attention falls with position
 * @param clickFloor click probability of an examined product that is irrelevant or unjudged
 * @param clickPerfect click probability of an examined product of the best grade
 * @param cartShare probability that a click on a product of the best grade leads to the cart
 * @param purchaseShare probability that a cart becomes an order
 * @param refundShare probability that an order line is returned
 * @param duplicateShare share of events delivered twice
 * @param shuffleShare share of events delivered late, hence out of order
 * @param shuffleDelay largest such delay; must stay below the allowed lateness of the jobs
 * @param robotShare share of visitors that are a {@link Robot}
 * @param flushInterval how often events are delivered
 */
public record ShopperConfig(
    @Setting(value = "20", help = "mean searches per second") double searchesPerSecond,
    @Setting(value = "11", help = "seed of the shoppers' choices") long seed,
    @Setting(value = "250", help = "most popular train queries that are typed") int queries,
    @Setting(value = "4", help = "threads that wait for the shop") int threads,
    @Setting(value = "PT1S", help = "mean pause between two actions") Duration thinkTime,
    @Setting(value = "PT5S", help = "mean delay from cart to order") Duration purchaseDelay,
    @Setting(value = "PT10S", help = "mean delay from order to refund") Duration refundDelay,
    @Setting(value = "0.7", help = "how fast attention falls with position")
        double examinationDecay,
    @Setting(value = "0.02", help = "click probability of irrelevant and unjudged products")
        double clickFloor,
    @Setting(value = "0.5", help = "click probability of products of the best grade")
        double clickPerfect,
    @Setting(value = "0.4", help = "carts per click on products of the best grade")
        double cartShare,
    @Setting(value = "0.5", help = "orders per cart") double purchaseShare,
    @Setting(value = "0.05", help = "returns per order line") double refundShare,
    @Setting(value = "0.02", help = "events delivered twice") double duplicateShare,
    @Setting(value = "0.1", help = "events delivered out of order") double shuffleShare,
    @Setting(value = "PT1S", help = "largest delay of those") Duration shuffleDelay,
    @Setting(value = "0", help = "visitors that are robots: they click and cart everything")
        double robotShare,
    @Setting(value = "PT0.1S", help = "how often events are delivered") Duration flushInterval) {

  public ShopperConfig {
    require(
        searchesPerSecond > 0 && searchesPerSecond <= 10_000,
        "searches-per-second is " + searchesPerSecond + ", expected above 0 and at most 10000");
    require(queries > 0, "queries is " + queries + ", expected at least 1");
    require(threads > 0, "threads is " + threads + ", expected at least 1");
    require(examinationDecay >= 0, "examination-decay is negative, expected 0 or more");
    require(clickFloor <= clickPerfect, "click-floor exceeds click-perfect");
    share("click-floor", clickFloor);
    share("click-perfect", clickPerfect);
    share("cart-share", cartShare);
    share("purchase-share", purchaseShare);
    share("refund-share", refundShare);
    share("duplicate-share", duplicateShare);
    share("shuffle-share", shuffleShare);
    share("robot-share", robotShare);
    positive("think-time", thinkTime);
    positive("purchase-delay", purchaseDelay);
    positive("refund-delay", refundDelay);
    positive("shuffle-delay", shuffleDelay);
    positive("flush-interval", flushInterval);
  }

  private static void share(String key, double value) {
    require(value >= 0 && value <= 1, key + " is " + value + ", expected 0 to 1");
  }

  private static void positive(String key, Duration value) {
    require(value.toMillis() > 0, key + " is " + value + ", expected at least PT0.001S");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
