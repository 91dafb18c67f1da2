package io.searchloop.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.app.dataset.LogTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of an order log.
 *
 * @param id number of the line in the log
 * @param type purchase, cancellation or adjustment
 * @param order order id
 * @param user customer; empty when the log names none
 * @param product product id
 * @param quantity units bought or returned, 0 or more
 * @param minorUnits price of the line in pence, 0 or more
 * @param time when
 */
record OrderLine(
    String id,
    String type,
    String order,
    String user,
    String product,
    int quantity,
    long minorUnits,
    Instant time) {
  static final String PURCHASE = "purchase";
  static final String CANCELLATION = "cancellation";
  static final String CURRENCY = "GBP";

  /** Parses a line; empty when it lacks what every line has. */
  static Optional<OrderLine> of(JsonNode line) {
    String order = line.path("order_id").asText("");
    String product = line.path("product_id").asText("");
    Optional<Instant> time = LogTime.of(line, "time");
    JsonNode price = line.path("unit_price_gbp");
    if (order.isEmpty() || product.isEmpty() || time.isEmpty() || !price.isNumber()) {
      return Optional.empty();
    }
    int quantity = Math.abs(line.path("quantity").asInt());
    return Optional.of(
        new OrderLine(
            line.path("event_id").asText(""),
            line.path("type").asText(""),
            order,
            line.path("user_id").asText(""),
            product,
            quantity,
            pence(price.decimalValue(), quantity),
            time.get()));
  }

  boolean isPurchase() {
    return type.equals(PURCHASE);
  }

  boolean isCancellation() {
    return type.equals(CANCELLATION);
  }

  private static long pence(BigDecimal unitPrice, int quantity) {
    return unitPrice
        .abs()
        .multiply(BigDecimal.valueOf(quantity))
        .movePointRight(2)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
