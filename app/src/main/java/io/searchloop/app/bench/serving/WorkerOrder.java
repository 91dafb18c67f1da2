package io.searchloop.app.bench.serving;

import java.util.Map;

/**
 * First and only line that a worker's process reads.
 *
 * @param bootstrapServers address of Kafka
 * @param registryUrl address of the schema registry
 * @param settings of the worker, keys with {@code serving.} before them
 */
record WorkerOrder(String bootstrapServers, String registryUrl, Map<String, String> settings) {}
