package io.searchloop.app.console.view;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;

/**
 * Where a loop is.
 *
 * @param brokers its Kafka
 * @param serdes its schemas
 */
public record LoopConnection(Brokers brokers, Serdes serdes) {}
