package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.Correction;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A group while it waits for members and, once closed, while it may be corrected. A member's reward
 * is its mean over its impressions; all but a slate's members have one. Immutable, because a state
 * backend may or may not hand out the object it keeps. Public for Flink's serializers.
 *
 * @param group the group; a member's reward is the sum over its impressions
 * @param impressions number of impressions of each member
 * @param lineage lineage of its rollouts
 * @param closesAt when it closes with what it has, epoch milliseconds of event time
 * @param forgetAt when no member can be corrected any more, the same
 */
public record GroupState(
    @TypeInfo(AvroRecordTypeInfo.Factory.class) RolloutGroup group,
    List<Integer> impressions,
    long lineage,
    long closesAt,
    long forgetAt) {

  public GroupState {
    impressions = List.copyOf(impressions);
  }

  /** An empty group for what this tuple is compared with; it is named after its first search. */
  static GroupState open(RewardTuple first, long closesAt) {
    RolloutGroup group =
        RolloutGroup.newBuilder()
            .setGroupId("group/" + first.getQueryId())
            .setGroupKey(first.getGroupKey())
            .setQuery(first.getQuery())
            .setPromptTokens(first.getPromptTokens())
            .setOrigin(first.getOrigin())
            .setFirstImpression(first.getImpressionTime())
            .setLastImpression(first.getImpressionTime())
            .build();
    return new GroupState(group, List.of(), first.getLineage(), closesAt, Long.MIN_VALUE);
  }

  /** This group with one more impression, of a new member or of one it has. */
  GroupState plus(RewardTuple tuple, long forgettable) {
    List<GroupMember> members = new ArrayList<>(group.getMembers());
    List<Integer> counts = new ArrayList<>(impressions);
    int index = indexOf(tuple.getRolloutId());
    if (index < 0) {
      members.add(GroupMembers.of(tuple));
      counts.add(1);
    } else {
      members.set(index, GroupMembers.plus(members.get(index), tuple.getReward()));
      counts.set(index, counts.get(index) + 1);
    }
    RolloutGroup grown =
        RolloutGroup.newBuilder(group)
            .setMembers(members)
            .setFirstImpression(
                Collections.min(List.of(group.getFirstImpression(), tuple.getImpressionTime())))
            .setLastImpression(
                Collections.max(List.of(group.getLastImpression(), tuple.getImpressionTime())))
            .build();
    return new GroupState(grown, counts, lineage, closesAt, Math.max(forgetAt, forgettable));
  }

  /** This group, still open, with a late outcome of a member. */
  GroupState corrected(RewardTuple change) {
    List<GroupMember> members = new ArrayList<>(group.getMembers());
    int index = memberOf(change);
    members.set(index, GroupMembers.plus(members.get(index), change.getReward()));
    RolloutGroup changed = RolloutGroup.newBuilder(group).setMembers(members).build();
    return new GroupState(changed, impressions, lineage, closesAt, forgetAt);
  }

  String id() {
    return group.getGroupId();
  }

  int size() {
    return impressions.size();
  }

  /** Impressions of the member that has fewest. */
  int fewestImpressions() {
    return Collections.min(impressions);
  }

  GroupAdvantage advantage(AdvantageEstimator estimator) {
    double[] rewards = new double[size()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = meanReward(i);
    }
    return GroupAdvantage.of(estimator, rewards);
  }

  /** The group as it is trained on. */
  RolloutGroup closed(GroupAdvantage advantage) {
    List<GroupMember> members = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      members.add(
          GroupMember.newBuilder(group.getMembers().get(i))
              .setReward(meanReward(i))
              .setAdvantage(advantage.of(i))
              .build());
    }
    return RolloutGroup.newBuilder(group).setMembers(members).build();
  }

  /**
   * What a late outcome changes in all members' advantages. Of a member with n impressions the mean
   * moves by an n-th of the change.
   */
  RolloutGroup correction(RewardTuple change, AdvantageEstimator estimator) {
    int changed = memberOf(change);
    double rewardChange = change.getReward() / impressions.get(changed);
    Correction correction = Correction.of(estimator, size(), changed, rewardChange);
    List<GroupMember> members = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      members.add(
          GroupMember.newBuilder(group.getMembers().get(i))
              .setReward(i == changed ? rewardChange : 0)
              .setAdvantage(correction.of(i))
              .setSequence(i == changed ? change.getSequence() : 0)
              .build());
    }
    return RolloutGroup.newBuilder(group).setMembers(members).build();
  }

  private double meanReward(int member) {
    return group.getMembers().get(member).getReward() / impressions.get(member);
  }

  private int memberOf(RewardTuple change) {
    int index = indexOf(change.getRolloutId());
    if (index < 0) {
      throw new IllegalStateException(
          "Rollout "
              + change.getRolloutId()
              + " is indexed under "
              + id()
              + ", which has no such member. Start the job without its state.");
    }
    return index;
  }

  private int indexOf(String rolloutId) {
    return GroupMembers.indexOf(group.getMembers(), rolloutId);
  }
}
