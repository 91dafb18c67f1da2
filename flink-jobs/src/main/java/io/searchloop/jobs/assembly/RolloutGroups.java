package io.searchloop.jobs.assembly;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.Correction;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes groups and what late outcomes change in them. */
final class RolloutGroups {
  private RolloutGroups() {}

  /** The group of some rollouts. It is named after its first member, which is in no other. */
  static RolloutGroup of(List<RewardTuple> tuples, GroupAdvantage advantage) {
    List<GroupMember> members = new ArrayList<>();
    for (RewardTuple tuple : tuples) {
      members.add(
          GroupMember.newBuilder(member(tuple)).setAdvantage(advantage.of(members.size())).build());
    }
    RewardTuple first = tuples.get(0);
    return RolloutGroup.newBuilder()
        .setGroupId("group/" + first.getRolloutId())
        .setGroupKey(first.getGroupKey())
        .setQuery(first.getQuery())
        .setPromptTokens(first.getPromptTokens())
        .setMembers(members)
        .setFirstImpression(
            tuples.stream()
                .map(RewardTuple::getImpressionTime)
                .min(Instant::compareTo)
                .orElseThrow())
        .setLastImpression(
            tuples.stream()
                .map(RewardTuple::getImpressionTime)
                .max(Instant::compareTo)
                .orElseThrow())
        .build();
  }

  static GroupMember member(RewardTuple tuple) {
    return GroupMember.newBuilder()
        .setRolloutId(tuple.getRolloutId())
        .setPolicyVersion(tuple.getPolicyVersion())
        .setStep(tuple.getStep())
        .setTokenIds(tuple.getTokenIds())
        .setLogProbs(tuple.getLogProbs())
        .setReward(tuple.getReward())
        .setSequence(tuple.getSequence())
        .build();
  }

  /** The changes of all members' advantages when one member's reward changes. */
  static RolloutGroup correction(
      RolloutGroup group, RewardTuple change, AdvantageEstimator estimator) {
    List<GroupMember> members = group.getMembers();
    int changed = indexOf(members, change.getRolloutId());
    Correction correction = Correction.of(estimator, members.size(), changed, change.getReward());
    List<GroupMember> changes = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      changes.add(
          GroupMember.newBuilder(members.get(i))
              .setReward(i == changed ? change.getReward() : 0)
              .setAdvantage(correction.of(i))
              .setSequence(i == changed ? change.getSequence() : 0)
              .build());
    }
    return RolloutGroup.newBuilder(group).setMembers(changes).build();
  }

  private static int indexOf(List<GroupMember> members, String rolloutId) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).getRolloutId().equals(rolloutId)) {
        return i;
      }
    }
    throw new IllegalStateException(
        "Rollout " + rolloutId + " is indexed under a group without it");
  }
}
