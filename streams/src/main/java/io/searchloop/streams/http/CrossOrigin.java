package io.searchloop.streams.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Lets the pages of allowed origins through to an endpoint, and says so to their browsers. */
final class CrossOrigin implements Endpoint {
  private static final int NO_CONTENT = 204;

  private final Endpoint endpoint;
  private final Origins origins;

  CrossOrigin(Endpoint endpoint, Origins origins) {
    this.endpoint = endpoint;
    this.origins = origins;
  }

  /** Answers a browser that asks before it posts. */
  static Endpoint preflight(Origins origins) {
    Map<String, String> rules =
        Map.of(
            "Access-Control-Allow-Methods", "POST",
            "Access-Control-Allow-Headers", "content-type",
            "Access-Control-Max-Age", "600");
    HttpReply reply = new HttpReply(NO_CONTENT, "text/plain", "", rules);
    return new CrossOrigin(call -> CompletableFuture.completedFuture(reply), origins);
  }

  @Override
  public CompletableFuture<HttpReply> answer(HttpCall call) {
    if (!origins.allow(call.origin(), call.host())) {
      return CompletableFuture.completedFuture(readable(foreign().reply(), call.origin()));
    }
    return call.origin().isEmpty()
        ? endpoint.answer(call)
        : answered(call).thenApply(reply -> readable(reply, call.origin()));
  }

  private static ProblemException foreign() {
    return new ProblemException(
        ProblemType.FOREIGN_ORIGIN,
        "Origin is not one whose events are taken. Add it to serving.event-origins.");
  }

  /** A page may read problems too, or it could not tell a mistake from an outage. */
  private CompletableFuture<HttpReply> answered(HttpCall call) {
    try {
      return endpoint.answer(call);
    } catch (ProblemException e) {
      return CompletableFuture.completedFuture(e.reply());
    }
  }

  private static HttpReply readable(HttpReply reply, String origin) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put("Access-Control-Allow-Origin", origin);
    headers.put("Access-Control-Expose-Headers", "Retry-After");
    headers.put("Vary", "Origin");
    return new HttpReply(
        reply.status(), reply.contentType(), reply.body(), headers, reply.afterwards());
  }
}
