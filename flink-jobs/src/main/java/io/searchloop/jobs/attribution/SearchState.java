package io.searchloop.jobs.attribution;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.reward.RewardTerms;
import io.searchloop.schemas.RewardTuple;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One search from its decision to the end of its long window. A mutable bean because Flink stores
 * it; only {@link VisitorSearches} changes it.
 */
public final class SearchState {
  /** Not shown yet. */
  static final long NEVER = Long.MIN_VALUE;

  public String queryId = "";

  /** Event time of the decision. */
  public long decidedAt;

  /** Event time of the first impression, which opens both windows. */
  public long shownAt = NEVER;

  /** Event time of the latest outcome that changed the reward. */
  public long outcomeTime;

  /** Whether the base tuple is out, so that changes are corrections from now on. */
  public boolean baseEmitted;

  /** Corrections emitted so far. */
  public int corrections;

  /** Reward until the base tuple. */
  public RewardTerms terms = RewardTerms.NONE;

  /** What has been paid for; see {@link io.searchloop.learning.reward.ShopperReward}. */
  public Map<String, Double> paid = new HashMap<>();

  /** Products this search touched last, as far as it knows. */
  public Map<String, Touch> touches = new HashMap<>();

  /** What its tuples have in common; null when the mode of the decision earns none. */
  @TypeInfo(AvroRecordTypeInfo.Factory.class)
  public @Nullable RewardTuple rollout;

  boolean shown() {
    return shownAt != NEVER;
  }
}
