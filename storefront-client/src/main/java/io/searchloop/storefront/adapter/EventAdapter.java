package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Turns events of one format into events of ours. */
public interface EventAdapter {
  /**
   * What an object of the format becomes, in its order. Never throws for bad input.
   *
   * @param source one object: an event, or an envelope of several
   */
  List<Adaptation> adapt(ObjectNode source);

  /**
   * Where a field of ours comes from, so that a fault is named as its sender knows it.
   *
   * @param field name of a field of {@code search_event}
   */
  String sourceOf(String field);
}
