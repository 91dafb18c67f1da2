package io.searchloop.jobs.assembly;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import java.util.List;

/** Writes members of groups and pairs. */
final class GroupMembers {
  private GroupMembers() {}

  /** The rollout of a base tuple, without advantage. */
  static GroupMember of(RewardTuple base) {
    return GroupMember.newBuilder()
        .setRolloutId(base.getRolloutId())
        .setPolicyVersion(base.getPolicyVersion())
        .setStep(base.getStep())
        .setTokenIds(base.getTokenIds())
        .setLogProbs(base.getLogProbs())
        .setReward(base.getReward())
        .build();
  }

  static GroupMember plus(GroupMember member, double change) {
    return rewarded(member, member.getReward() + change);
  }

  static GroupMember rewarded(GroupMember member, double reward) {
    return GroupMember.newBuilder(member).setReward(reward).build();
  }

  /** Index of a rollout, -1 when it is no member. */
  static int indexOf(List<GroupMember> members, String rolloutId) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).getRolloutId().equals(rolloutId)) {
        return i;
      }
    }
    return -1;
  }
}
