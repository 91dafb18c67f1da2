package io.searchloop.streams.http;

import io.searchloop.schemas.access.Role;
import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.activation.ActivationStatus;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.control.ControlDesk;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.EngineOnlySearch;
import io.searchloop.streams.heads.HeadQueries;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.page.PageMaker;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.signal.DecisionLog;
import io.searchloop.streams.signal.EventLog;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the endpoints need of the worker.
 *
 * @param search how queries are searched
 * @param rules of the shop
 * @param pages makes the pages of searches
 * @param unseen takes searches whose rollouts nobody sees
 * @param control takes operators' decisions
 */
public record HttpServices(
    Decider decider,
    DecisionLog decisions,
    EventLog events,
    Catalogue catalogue,
    SearchRule search,
    RuleBook rules,
    PageMaker pages,
    Consumer<EngineOnlySearch> unseen,
    HeadQueries heads,
    WorkerHealth health,
    Supplier<ActivationStatus> activation,
    PolicySlot active,
    PolicySlot reference,
    ControlDesk control,
    InstantSource clock,
    ServingMetrics metrics) {

  /** The whole API. */
  Routes routes(HttpSettings settings) {
    OperatorDoor door = OperatorDoor.of(settings, clock);
    StatusEndpoint status =
        new StatusEndpoint(health, metrics, activation, active, reference, heads);
    return new Routes(
        List.of(
            Route.post(
                "/v1/rewrite",
                Endpoint.immediate(new RewriteEndpoint(decider, decisions, catalogue, search))),
            Route.post(
                "/v1/search",
                Endpoint.immediate(
                    new SearchEndpoint(
                        decider, decisions, catalogue, pages, unseen, settings.results()))),
            Route.get("/v1/suggest", Endpoint.immediate(new SuggestEndpoint(catalogue, rules))),
            Route.post(
                "/v1/events",
                new CrossOrigin(
                    new EventsEndpoint(
                        events, settings.pseudonyms(), clock, settings.eventTimeout(), metrics),
                    settings.origins())),
            Route.options("/v1/events", CrossOrigin.preflight(settings.origins())),
            Route.get("/v1/beacon.js", Endpoint.immediate(new BeaconEndpoint())),
            Route.post(
                "/v1/policy/rollback",
                door.before(
                    Role.OPERATOR,
                    new RollbackEndpoint(
                        control, settings.control(), settings.eventTimeout(), clock))),
            Route.probe("/livez", status::live),
            Route.probe("/readyz", status::ready),
            Route.probe("/metrics", status::metrics),
            Route.get("/v1/policy", door.before(Role.VIEWER, Endpoint.immediate(status::policy))),
            Route.probe("/openapi.json", new OpenApiEndpoint()),
            Route.get(
                "/v1/head-queries", door.before(Role.VIEWER, Endpoint.immediate(status::heads)))));
  }
}
