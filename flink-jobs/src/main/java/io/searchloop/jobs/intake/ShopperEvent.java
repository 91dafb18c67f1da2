package io.searchloop.jobs.intake;

import io.searchloop.learning.event.Action;
import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.SearchEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What attribution needs of an event, taken from it once. It travels and waits packed: reading this
 * layout costs a tenth of decoding the event again.
 *
 * @param action what the shopper did
 * @param identity tells repetitions; see {@link EventIdentity}
 * @param queryId the search it names; may be empty
 * @param product product acted on; may be empty
 * @param position place on the page from one; 0 when unknown
 * @param orderId order of a purchase or refund
 * @param orderLine line within it
 * @param quantity units
 * @param minorUnits price of the line
 * @param rearranged whether it shows a page that the shopper sorted or filtered
 */
public record ShopperEvent(
    Action action,
    String identity,
    String queryId,
    String product,
    int position,
    String orderId,
    int orderLine,
    int quantity,
    long minorUnits,
    boolean rearranged) {
  private static final byte LAYOUT = 1;
  private static final int FIXED_BYTES = 3 + 3 * Integer.BYTES + Long.BYTES + 4 * Integer.BYTES;
  private static final Action[] ACTIONS = Action.values();

  static ShopperEvent of(SearchEvent event) {
    return new ShopperEvent(
        Action.of(event.getActionName()).orElseThrow(),
        EventIdentity.of(event),
        event.getQueryId(),
        event.getObjectId(),
        event.getPositionOrdinal(),
        event.getOrderId(),
        event.getOrderLine(),
        event.getQuantity(),
        event.getMinorUnits(),
        !event.getView().isEmpty());
  }

  /** The packed form of an event. */
  public static byte[] pack(SearchEvent event) {
    return of(event).pack();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalStateException when another layout wrote it
   */
  public static ShopperEvent unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    byte layout = in.get();
    if (layout != LAYOUT) {
      throw new IllegalStateException(
          "A waiting event has layout %d, expected %d. Restore with the version that wrote it."
              .formatted(layout, LAYOUT));
    }
    Action action = ACTIONS[in.get()];
    boolean rearranged = in.get() != 0;
    int position = in.getInt();
    int orderLine = in.getInt();
    int quantity = in.getInt();
    long minorUnits = in.getLong();
    return new ShopperEvent(
        action,
        text(in),
        text(in),
        text(in),
        position,
        text(in),
        orderLine,
        quantity,
        minorUnits,
        rearranged);
  }

  private byte[] pack() {
    byte[][] texts = {bytes(identity), bytes(queryId), bytes(product), bytes(orderId)};
    int length = FIXED_BYTES;
    for (byte[] text : texts) {
      length += text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(LAYOUT).put(number(action)).put((byte) (rearranged ? 1 : 0));
    out.putInt(position).putInt(orderLine).putInt(quantity).putLong(minorUnits);
    for (byte[] text : texts) {
      out.putInt(text.length).put(text);
    }
    return out.array();
  }

  /** Part of the layout: never changed, only added to. */
  private static byte number(Action action) {
    return switch (action) {
      case QUERY -> 0;
      case IMPRESSION -> 1;
      case CLICK -> 2;
      case ADD_TO_CART -> 3;
      case REMOVE_FROM_CART -> 4;
      case PURCHASE -> 5;
      case REFUND -> 6;
      case ERASE -> 7;
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
