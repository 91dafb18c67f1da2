package io.searchloop.streams.signal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A record on its way.
 *
 * @param key visitor key; empty for dead letters
 * @param encoding encodes the value, on the signal thread
 * @param done completes when Kafka has it
 */
record Outbound(
    String topic, Optional<String> key, Supplier<byte[]> encoding, CompletableFuture<Void> done) {}
