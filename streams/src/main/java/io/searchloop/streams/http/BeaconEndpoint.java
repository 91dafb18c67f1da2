package io.searchloop.streams.http;

import java.util.Map;

/**
 * {@code GET /v1/beacon.js}: the browser's side of {@code /v1/events}, as the file beside this
 * class has it. Any page may load it, for it says nothing; whose events are taken is another
 * question.
 */
final class BeaconEndpoint implements Endpoint.ImmediateEndpoint {
  private final HttpReply reply =
      new HttpReply(
          HttpReply.OK,
          "text/javascript; charset=utf-8",
          Resources.text("beacon.js"),
          Map.of("Access-Control-Allow-Origin", "*", "Cache-Control", "max-age=3600"));

  @Override
  public HttpReply answer(HttpCall call) {
    return reply;
  }
}
