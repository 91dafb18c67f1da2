package io.searchloop.storefront.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Lines of GA4's orders. Its items have no line numbers, and a refund names items of an order it
 * does not repeat, so an order has one line for each product, whose number is drawn from the
 * product's id: purchase and refund agree without looking at each other.
 */
final class Ga4Orders {
  private Ga4Orders() {}

  /** What was bought or returned of one product. */
  private record Line(BigDecimal quantity, BigDecimal price) {
    Line plus(Line other) {
      return new Line(quantity.add(other.quantity), price.add(other.price));
    }
  }

  /**
   * The lines of a purchase or refund, in the order of their first items.
   *
   * @throws FieldException when an item or the currency cannot be used
   */
  static List<ObjectNode> lines(Ga4Event event) {
    String order = event.param("transaction_id");
    if (order.isEmpty()) {
      throw new FieldException(FieldFault.missing("transaction_id", event.name()));
    }
    Map<String, Line> lines = new LinkedHashMap<>();
    for (int item = 0; item < event.items().size(); item++) {
      lines.merge(event.product(item), line(event, item), Line::plus);
    }
    List<ObjectNode> events = new ArrayList<>();
    lines.forEach((product, line) -> events.add(event(event, order, product, line)));
    return events;
  }

  /** Number of a product's line: 31 bits of its id's CRC-32, never 0. */
  static int number(String product) {
    CRC32 crc = new CRC32();
    crc.update(product.getBytes(UTF_8));
    return Math.max(1, (int) (crc.getValue() & Integer.MAX_VALUE));
  }

  private static Line line(Ga4Event event, int item) {
    BigDecimal quantity = event.number(item, "quantity", BigDecimal.ONE);
    BigDecimal price = event.number(item, "price", BigDecimal.ZERO);
    return new Line(quantity, price.multiply(quantity));
  }

  private static ObjectNode event(Ga4Event event, String order, String product, Line line) {
    int number = number(product);
    // A purchase is often reported twice, with another time; a line can be refunded twice.
    String id = event.name().equals("purchase") ? order + "/" + number : event.id() + "/" + number;
    ObjectNode mapped =
        event
            .event(event.name(), id)
            .put("object_id", product)
            .put("order_id", order)
            .put("order_line", number)
            .put("quantity", whole(line.quantity()));
    String currency = event.param("currency");
    return line.price().signum() == 0
        ? mapped
        : mapped.put("currency", currency).put("minor_units", minorUnits(line.price(), currency));
  }

  /** Exports may write 2 as 2.0. */
  private static int whole(BigDecimal quantity) {
    try {
      return quantity.intValueExact();
    } catch (ArithmeticException e) {
      throw new FieldException(
          FieldFault.invalid(
              "items[].quantity", quantity.toPlainString(), "a whole number", "Send it so."));
    }
  }

  private static long minorUnits(BigDecimal price, String code) {
    try {
      int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
      return price.movePointRight(digits).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (IllegalArgumentException e) {
      throw new FieldException(
          code.isEmpty()
              ? FieldFault.missing("currency", "order with prices")
              : FieldFault.invalid(
                  "currency", FieldFault.quoted(code), "an ISO 4217 code", "Send it so."));
    } catch (ArithmeticException e) {
      throw new FieldException(
          FieldFault.invalid(
              "items[].price", FieldFault.quoted(price.toString()), "a price", "Send it so."));
    }
  }
}
