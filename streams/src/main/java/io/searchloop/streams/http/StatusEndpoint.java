package io.searchloop.streams.http;

import io.searchloop.streams.activation.ActivationStatus;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.heads.HeadQueries;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What operators and their machines look at: probes, metrics, policies, head queries. */
final class StatusEndpoint {
  private static final int UNAVAILABLE = 503;
  private static final int MAX_HEADS = 1_000;
  private static final int MAX_REJECTIONS = 5;

  private final WorkerHealth health;
  private final ServingMetrics metrics;
  private final Supplier<ActivationStatus> activation;
  private final PolicySlot active;
  private final PolicySlot reference;
  private final HeadQueries heads;

  StatusEndpoint(
      WorkerHealth health,
      ServingMetrics metrics,
      Supplier<ActivationStatus> activation,
      PolicySlot active,
      PolicySlot reference,
      HeadQueries heads) {
    this.health = health;
    this.metrics = metrics;
    this.activation = activation;
    this.active = active;
    this.reference = reference;
    this.heads = heads;
  }

  /** {@code GET /livez}: whether a restart would help. */
  HttpReply live(HttpCall call) {
    return health.live().getAsBoolean()
        ? HttpReply.text(HttpReply.OK, "live\n")
        : HttpReply.text(UNAVAILABLE, "a feed has stopped; restart the worker\n");
  }

  /** {@code GET /readyz}: whether shoppers may be sent here. */
  HttpReply ready(HttpCall call) {
    boolean catalogue = health.catalogueIndexed().getAsBoolean();
    boolean policy = health.policyServing().getAsBoolean();
    return HttpReply.json(
        catalogue && policy ? HttpReply.OK : UNAVAILABLE,
        Map.of(
            "catalogue_indexed",
            catalogue,
            "policy_serving",
            policy,
            "policies_rejected",
            rejections(),
            "away",
            away()));
  }

  /** What this worker does without, and what that means. */
  private Map<String, String> away() {
    return health.kafka().away()
        ? Map.of(
            "kafka",
            "Silent for %d s. Searches are answered with the policy and catalogue in memory; events are to be sent again; decisions that do not reach it are counted in searchloop_signal_lost_total."
                .formatted(health.kafka().silence().toSeconds()))
        : Map.of();
  }

  /** {@code GET /metrics}: Prometheus' text format. */
  HttpReply metrics(HttpCall call) {
    return new HttpReply(HttpReply.OK, ServingMetrics.CONTENT_TYPE, metrics.text(), Map.of());
  }

  /** {@code GET /v1/policy}: what serves, what was refused, and what the control log adds up to. */
  HttpReply policy(HttpCall call) {
    return HttpReply.json(
        HttpReply.OK,
        new PolicyReply(views(active), views(reference), active.leases(), activation.get()));
  }

  /** {@code GET /v1/head-queries?limit=n}: most frequent first. */
  HttpReply heads(HttpCall call) {
    List<HeadQuery> top =
        heads
            .top(limit(call.parameters().getOrDefault("limit", "20")))
            .orElseThrow(
                () ->
                    ProblemException.retryLater(
                        ProblemType.NOT_READY,
                        "Head queries are not counted yet: Kafka Streams is starting or rebalancing."));
    return HttpReply.json(HttpReply.OK, new HeadsReply(top));
  }

  /** The last releases this worker would not serve; it may be ready all the same. */
  private List<RejectionView> rejections() {
    List<PolicyState.Rejected> all = activation.get().rejected();
    return all.subList(Math.max(0, all.size() - MAX_REJECTIONS), all.size()).stream()
        .map(r -> new RejectionView(r.identity().version(), r.fault().label(), r.reason()))
        .toList();
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_HEADS) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message for both
    }
    throw new ProblemException(
        ProblemType.BAD_REQUEST,
        "Parameter `limit` is not usable, expected 1 to %d.".formatted(MAX_HEADS));
  }

  private static List<SlotView> views(PolicySlot slot) {
    return slot.states().stream().map(SlotView::of).toList();
  }

  private record PolicyReply(
      List<SlotView> active, List<SlotView> reference, int leases, ActivationStatus log) {}

  private record RejectionView(long policyVersion, String fault, String reason) {}

  private record HeadsReply(List<HeadQuery> queries) {}

  private record SlotView(
      String state, long policyVersion, String releaseId, long step, long lineage) {
    static SlotView of(PolicyState state) {
      return new SlotView(
          state.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          state.identity().version(),
          state.identity().releaseId(),
          state.identity().step(),
          state.identity().lineage());
    }
  }
}
