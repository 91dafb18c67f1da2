package io.searchloop.streams.http;

import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.SearchPlan;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.signal.DecisionLog;

/**
 * {@code POST /v1/rewrite}: for storefronts that search with an engine of their own. They are told
 * the parts of the query that the worker would search with its own, so that what they serve is what
 * was judged.
 */
final class RewriteEndpoint implements Endpoint.ImmediateEndpoint {
  private static final long NO_EPOCH = 0;

  private final Decider decider;
  private final DecisionLog decisions;
  private final Catalogue catalogue;
  private final SearchRule search;

  /**
   * @param search how queries are searched where no catalogue is indexed yet
   */
  RewriteEndpoint(Decider decider, DecisionLog decisions, Catalogue catalogue, SearchRule search) {
    this.decider = decider;
    this.decisions = decisions;
    this.catalogue = catalogue;
    this.search = search;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    ShopperRequest request = ShopperRequest.read(call, 1);
    SearchPlan plan = plan(request.rewrite().query());
    Choice.OneList choice = decider.decide(request.rewrite(), plan, call.arrivedAt());
    decisions.append(choice.decision());
    return HttpReply.json(
        HttpReply.OK, QueryReply.of(choice.decision(), choice.rewrite(), plan.query()));
  }

  private SearchPlan plan(String query) {
    return catalogue
        .acquire()
        .map(lease -> plan(lease, query))
        .orElseGet(() -> new SearchPlan(NO_EPOCH, search.withoutCatalogue().of(query)));
  }

  private static SearchPlan plan(Lease<CatalogueEpoch> held, String query) {
    try (Lease<CatalogueEpoch> lease = held) {
      CatalogueEpoch epoch = lease.get();
      return new SearchPlan(epoch.engine().epoch(), epoch.search().of(query));
    }
  }
}
