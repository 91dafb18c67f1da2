package io.searchloop.streams.http;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.signal.DecisionLog;

/** {@code POST /v1/rewrite}: for storefronts that search with an engine of their own. */
final class RewriteEndpoint implements Endpoint.ImmediateEndpoint {
  private final Decider decider;
  private final DecisionLog decisions;
  private final Catalogue catalogue;

  RewriteEndpoint(Decider decider, DecisionLog decisions, Catalogue catalogue) {
    this.decider = decider;
    this.decisions = decisions;
    this.catalogue = catalogue;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    ShopperRequest request = ShopperRequest.read(call, 1);
    Choice.OneList choice = decider.decide(request.rewrite(), epoch(), call.arrivedAt());
    decisions.append(choice.decision());
    return HttpReply.json(HttpReply.OK, RewriteReply.of(choice.decision(), choice.rewrite()));
  }

  private long epoch() {
    return catalogue.acquire().map(RewriteEndpoint::epoch).orElse(0L);
  }

  private static long epoch(Lease<SearchEngine> lease) {
    try (lease) {
      return lease.get().epoch();
    }
  }
}
