package io.searchloop.streams.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A request as endpoints see it.
 *
 * @param body whole body; empty for GET
 * @param contentType as sent; empty when the header is missing
 * @param parameters query parameters, the first value of each
 * @param origin page that sends it, as browsers say; empty for programs
 * @param host as sent; empty when the header is missing
 * @param arrivedAt when its headers were read
 */
record HttpCall(
    ByteBuffer body,
    String contentType,
    Map<String, String> parameters,
    String origin,
    String host,
    Instant arrivedAt) {
  HttpCall {
    parameters = Map.copyOf(parameters);
  }
}
