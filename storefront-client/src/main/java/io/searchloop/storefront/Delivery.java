package io.searchloop.storefront;

/** What became of an event. */
public sealed interface Delivery {
  /**
   * Kafka has it, on all replicas that must.
   *
   * @param partition where in the topic of events
   * @param offset and at which place
   */
  record Stored(int partition, long offset) implements Delivery {}

  /**
   * It was not sent, or nobody knows that it arrived. Sent again with the same {@code event_id} it
   * counts once.
   *
   * @param reason typed reason, as counted
   * @param detail what was found and what to do
   */
  record Lost(Loss reason, String detail) implements Delivery {}
}
