package io.searchloop.storefront;

/** Why an event was not stored. */
public enum Loss {
  /** It breaks a rule of the door; sending it again cannot help. */
  REFUSED,
  /** More events wait than may. */
  QUEUE_FULL,
  /** The schema registry was away for longer than an event may wait, or knows no such schema. */
  REGISTRY,
  /** Kafka did not acknowledge it in time. */
  KAFKA,
  /** The producer was closed before it could be sent. */
  CLOSED
}
