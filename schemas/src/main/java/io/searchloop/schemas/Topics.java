package io.searchloop.schemas;

import static io.searchloop.schemas.Topic.Retention.COMPACTED;
import static io.searchloop.schemas.Topic.Retention.EXPIRES;
import static io.searchloop.schemas.Topic.Retention.FOREVER;
import static io.searchloop.schemas.Topic.Retention.LEARNED;

import java.util.List;

/** Every topic of the loop, in the order of the flow. */
public final class Topics {
  public static final Topic<Product> PRODUCTS =
      new Topic<>("catalogue.products.v1", Product.class, 1, COMPACTED);
  public static final Topic<Decision> DECISIONS =
      new Topic<>("search.decisions.v1", Decision.class, 2, EXPIRES);
  public static final Topic<SearchEvent> EVENTS =
      new Topic<>("search.events.v1", SearchEvent.class, 2, EXPIRES);
  public static final Topic<DeadLetter> DEAD_LETTERS =
      new Topic<>("search.dead-letters.v1", DeadLetter.class, 1, EXPIRES);
  public static final Topic<RewardConfig> REWARD_CONFIG =
      new Topic<>("learning.reward-config.v1", RewardConfig.class, 1, FOREVER);
  public static final Topic<RewardTuple> REWARDS =
      new Topic<>("learning.rewards.v1", RewardTuple.class, 2, LEARNED);
  public static final Topic<Minibatch> MINIBATCHES =
      new Topic<>("learning.minibatches.v1", Minibatch.class, 1, LEARNED);
  public static final Topic<Ledger> LEDGER =
      new Topic<>("learning.ledger.v1", Ledger.class, 1, FOREVER);
  public static final Topic<LearningMetrics> METRICS =
      new Topic<>("learning.metrics.v1", LearningMetrics.class, 1, FOREVER);
  public static final Topic<PolicyChunk> POLICY_CHUNKS =
      new Topic<>("policy.chunks.v1", PolicyChunk.class, 1, COMPACTED);
  public static final Topic<PolicyRelease> POLICY_RELEASES =
      new Topic<>("policy.releases.v1", PolicyRelease.class, 1, FOREVER);
  public static final Topic<HeadSlate> HEAD_SLATES =
      new Topic<>("search.head-cache.v1", HeadSlate.class, 1, COMPACTED);
  public static final Topic<PolicyControl> POLICY_CONTROL =
      new Topic<>("policy.control.v1", PolicyControl.class, 1, FOREVER);

  /** All of them. */
  public static final List<Topic<?>> ALL =
      List.of(
          PRODUCTS,
          DECISIONS,
          EVENTS,
          DEAD_LETTERS,
          REWARD_CONFIG,
          REWARDS,
          MINIBATCHES,
          LEDGER,
          METRICS,
          POLICY_CHUNKS,
          POLICY_RELEASES,
          HEAD_SLATES,
          POLICY_CONTROL);

  private Topics() {}
}
