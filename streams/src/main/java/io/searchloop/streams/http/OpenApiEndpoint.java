package io.searchloop.streams.http;

import java.util.Map;

/** {@code GET /openapi.json}: this API for machines, as the file beside this class has it. */
final class OpenApiEndpoint implements Endpoint.ImmediateEndpoint {
  private final HttpReply reply =
      new HttpReply(HttpReply.OK, "application/json", Resources.text("openapi.json"), Map.of());

  @Override
  public HttpReply answer(HttpCall call) {
    return reply;
  }
}
