package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.preference.RewardStatistics;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One rewrite of a query with what it earned. Public for Flink's serializers.
 *
 * @param statistics rewards since it last argued
 * @param latest its latest rollout, which stands for it in a pair
 * @param lastImpression epoch milliseconds of its latest impression
 * @param forgetAt when none of its impressions can be corrected any more, the same
 */
public record RewriteArm(
    RewardStatistics statistics,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) GroupMember latest,
    long lastImpression,
    long forgetAt) {

  static RewriteArm first(RewardTuple tuple, long forgettable) {
    return new RewriteArm(
            RewardStatistics.NONE, GroupMembers.of(tuple), Long.MIN_VALUE, Long.MIN_VALUE)
        .plus(tuple, forgettable);
  }

  RewriteArm plus(RewardTuple tuple, long forgettable) {
    return new RewriteArm(
        statistics.plus(tuple.getReward()),
        GroupMembers.of(tuple),
        Math.max(lastImpression, tuple.getImpressionTime().toEpochMilli()),
        Math.max(forgetAt, forgettable));
  }

  RewriteArm restarted() {
    return new RewriteArm(RewardStatistics.NONE, latest, lastImpression, forgetAt);
  }

  /** The rollout with the rewrite's mean as its reward. */
  GroupMember representative() {
    return GroupMembers.rewarded(latest, statistics.mean());
  }
}
