package io.searchloop.streams.signal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A record on its way.
 *
 * @param key visitor key; empty for dead letters
 * @param encoding encodes the value, on the signal thread
 * @param trace trace of the request that it comes from
 * @param done completes when Kafka has it
 */
record Outbound(
    String topic,
    Optional<String> key,
    Supplier<byte[]> encoding,
    Optional<TraceContext> trace,
    CompletableFuture<Void> done) {

  /** A record of the request that this thread works on. */
  static Outbound of(String topic, Optional<String> key, Supplier<byte[]> encoding) {
    return new Outbound(topic, key, encoding, TraceContext.current(), new CompletableFuture<>());
  }
}
