package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.json.FieldFault;
import java.util.List;

/** What one event of another format becomes. */
public sealed interface Adaptation {
  /**
   * Events of ours, to be read by {@code EventReader}: all of them, or none when one is refused.
   *
   * @param events one, or one for each product
   */
  record Mapped(List<ObjectNode> events) implements Adaptation {
    public Mapped {
      events = List.copyOf(events);
    }
  }

  /**
   * Nothing, and rightly so: what happened has no counterpart.
   *
   * @param what the event and, where it depends on more than the name, why
   */
  record LeftOut(String what) implements Adaptation {}

  /** Nothing, because something is wrong with it. */
  record Refused(FieldFault fault) implements Adaptation {}
}
