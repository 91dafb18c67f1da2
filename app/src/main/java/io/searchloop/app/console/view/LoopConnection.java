package io.searchloop.app.console.view;

import io.searchloop.schemas.serde.Serdes;

/**
 * Where a loop is.
 *
 * @param bootstrapServers address of its Kafka
 * @param serdes its schemas
 */
public record LoopConnection(String bootstrapServers, Serdes serdes) {}
