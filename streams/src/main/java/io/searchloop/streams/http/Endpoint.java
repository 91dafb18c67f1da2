package io.searchloop.streams.http;

import java.util.concurrent.CompletableFuture;

/** Answers one kind of request. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers a request, now or later.
   *
   * @throws ProblemException for every expected error
   */
  CompletableFuture<HttpReply> answer(HttpCall call);

  /** An endpoint that answers at once. */
  static Endpoint immediate(ImmediateEndpoint endpoint) {
    return call -> CompletableFuture.completedFuture(endpoint.answer(call));
  }

  /** Answers before it returns. */
  @FunctionalInterface
  interface ImmediateEndpoint {
    HttpReply answer(HttpCall call);
  }
}
