package io.searchloop.streams.http;

import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.EngineOnlySearch;
import io.searchloop.streams.decision.SearchPlan;
import io.searchloop.streams.http.SearchReply.ResultReply;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.page.PageMaker;
import io.searchloop.streams.page.ShownPage;
import io.searchloop.streams.signal.DecisionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code POST /v1/search}: rewrites, retrieves, answers. The decision is logged once the results
 * are known, so none is logged for a page that was never shown, and it names the epoch that was
 * searched. What is sampled for learning alone waits until the shopper has the answer.
 */
final class SearchEndpoint implements Endpoint.ImmediateEndpoint {
  private final Decider decider;
  private final DecisionLog decisions;
  private final Catalogue catalogue;
  private final PageMaker pages;
  private final Consumer<EngineOnlySearch> unseen;
  private final int defaultLimit;

  /**
   * @param unseen takes searches whose rollouts nobody sees; must not wait
   * @param defaultLimit results when a request names no limit
   */
  SearchEndpoint(
      Decider decider,
      DecisionLog decisions,
      Catalogue catalogue,
      PageMaker pages,
      Consumer<EngineOnlySearch> unseen,
      int defaultLimit) {
    this.decider = decider;
    this.decisions = decisions;
    this.catalogue = catalogue;
    this.pages = pages;
    this.unseen = unseen;
    this.defaultLimit = defaultLimit;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    ShopperRequest request = ShopperRequest.read(call, defaultLimit);
    try (Lease<CatalogueEpoch> lease = catalogue.acquire().orElseThrow(SearchEndpoint::notReady)) {
      SearchEngine engine = lease.get().engine();
      ServedQuery query = lease.get().search().of(request.rewrite().query());
      SearchPlan plan = new SearchPlan(engine.epoch(), query);
      Choice choice = decider.decidePage(request.rewrite(), plan, call.arrivedAt());
      ShownPage page = pages.make(choice, engine, query, request.limit());
      decisions.append(page.decision());
      HttpReply reply =
          HttpReply.json(
              HttpReply.OK,
              new SearchReply(
                  RewriteReply.of(page.decision(), page.rewrite()),
                  page.total(),
                  results(engine, page)));
      return choice.unseen().map(search -> reply.then(() -> unseen.accept(search))).orElse(reply);
    }
  }

  private static List<ResultReply> results(SearchEngine engine, ShownPage page) {
    List<ResultReply> results = new ArrayList<>();
    for (Hit hit : page.hits()) {
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
