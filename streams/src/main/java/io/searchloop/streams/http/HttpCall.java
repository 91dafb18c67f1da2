package io.searchloop.streams.http;

import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
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
 * @param knock who asks, as far as he says
 * @param person who asks, once he was let in; anybody before
 * @param arrivedAt when its headers were read
 */
record HttpCall(
    ByteBuffer body,
    String contentType,
    Map<String, String> parameters,
    String origin,
    String host,
    Knock knock,
    Person person,
    Instant arrivedAt) {
  HttpCall {
    parameters = Map.copyOf(parameters);
  }

  /** The same call, of somebody who was let in. */
  HttpCall by(Person admitted) {
    return new HttpCall(body, contentType, parameters, origin, host, knock, admitted, arrivedAt);
  }
}
