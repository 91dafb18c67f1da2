package io.searchloop.streams.http;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.http.SearchReply.ResultReply;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.signal.DecisionLog;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/search}: rewrites, retrieves, answers. The decision is logged once the results
 * are known, so none is logged for a page that was never shown, and it names the epoch that was
 * searched.
 */
final class SearchEndpoint implements Endpoint.ImmediateEndpoint {
  private final Decider decider;
  private final DecisionLog decisions;
  private final Catalogue catalogue;
  private final Combination combination;
  private final int defaultLimit;

  /**
   * @param combination how a rewrite joins the typed query
   * @param defaultLimit results when a request names no limit
   */
  SearchEndpoint(
      Decider decider,
      DecisionLog decisions,
      Catalogue catalogue,
      Combination combination,
      int defaultLimit) {
    this.decider = decider;
    this.decisions = decisions;
    this.catalogue = catalogue;
    this.combination = combination;
    this.defaultLimit = defaultLimit;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    ShopperRequest request = ShopperRequest.read(call, defaultLimit);
    try (Lease<SearchEngine> lease = catalogue.acquire().orElseThrow(SearchEndpoint::notReady)) {
      SearchEngine engine = lease.get();
      Choice choice = decider.decide(request.rewrite(), engine.epoch(), call.arrivedAt());
      SearchResults found = engine.search(query(request, choice), request.limit());
      decisions.append(choice.decision());
      return HttpReply.json(
          HttpReply.OK,
          new SearchReply(RewriteReply.of(choice), found.totalHits(), results(engine, found)));
    }
  }

  private SearchQuery query(ShopperRequest request, Choice choice) {
    String typed = request.rewrite().query();
    return choice
        .rewrite()
        .map(rewrite -> SearchQuery.rewritten(typed, rewrite, combination))
        .orElseGet(() -> SearchQuery.identity(typed));
  }

  private static List<ResultReply> results(SearchEngine engine, SearchResults found) {
    List<ResultReply> results = new ArrayList<>();
    for (Hit hit : found.hits()) {
      String title = engine.product(hit.productId()).map(Product::title).orElse("");
      results.add(new ResultReply(hit.productId(), title, results.size() + 1, hit.score()));
    }
    return results;
  }

  private static ProblemException notReady() {
    return ProblemException.retryLater(
        ProblemType.NOT_READY,
        "No catalogue epoch is indexed yet. Wait for /readyz; import a catalogue if it stays so.");
  }
}
