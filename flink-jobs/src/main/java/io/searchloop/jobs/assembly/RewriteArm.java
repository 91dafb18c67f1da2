package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.preference.RewardStatistics;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One rewrite of a query with what it earned. Public for Flink's serializers.
 *
 * @param statistics rewards since it was last paired
 * @param latest its latest rollout, which stands for it in a pair
 * @param lastImpression epoch milliseconds of its latest impression
 */
public record RewriteArm(
    RewardStatistics statistics,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) GroupMember latest,
    long lastImpression) {

  RewriteArm plus(RewardTuple tuple) {
    return new RewriteArm(
        statistics.plus(tuple.getReward()),
        RolloutGroups.member(tuple),
        Math.max(lastImpression, tuple.getImpressionTime().toEpochMilli()));
  }

  static RewriteArm first(RewardTuple tuple) {
    return new RewriteArm(RewardStatistics.NONE, RolloutGroups.member(tuple), Long.MIN_VALUE)
        .plus(tuple);
  }

  RewriteArm restarted() {
    return new RewriteArm(RewardStatistics.NONE, latest, lastImpression);
  }

  /** The rollout with the rewrite's mean as its reward. */
  GroupMember representative() {
    return GroupMember.newBuilder(latest).setReward(statistics.mean()).build();
  }
}
