package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The rollouts of a page that have not argued yet, with what was bought from their lists. Public
 * for Flink's serializers.
 *
 * @param page its rollouts; a member's reward is its preference, the priced purchases
 * @param lineage lineage of the rollouts
 * @param settlesAt when all that is known of its purchases has arrived, epoch milliseconds of event
 *     time
 * @param forgetAt when no purchase can follow, the same
 */
public record PurchasePage(
    @TypeInfo(AvroRecordTypeInfo.Factory.class) RolloutGroup page,
    long lineage,
    long settlesAt,
    long forgetAt) {

  static PurchasePage of(RewardTuple first, long settlesAt, long forgetAt) {
    RolloutGroup page =
        RolloutGroup.newBuilder()
            .setGroupId(first.getQueryId())
            .setGroupKey(first.getGroupKey())
            .setQuery(first.getQuery())
            .setPromptTokens(first.getPromptTokens())
            .setLastImpression(first.getImpressionTime())
            .build();
    return new PurchasePage(page, first.getLineage(), settlesAt, forgetAt);
  }

  boolean awaits(RewardTuple tuple) {
    return GroupMembers.indexOf(page.getMembers(), tuple.getRolloutId()) >= 0;
  }

  /** This page with one more rollout. */
  PurchasePage plus(RewardTuple base) {
    List<GroupMember> members = new ArrayList<>(page.getMembers());
    members.add(GroupMembers.rewarded(GroupMembers.of(base), base.getPreference()));
    return with(members);
  }

  /** This page after a later purchase or refund. */
  PurchasePage changed(RewardTuple change) {
    List<GroupMember> members = new ArrayList<>(page.getMembers());
    int index = GroupMembers.indexOf(members, change.getRolloutId());
    members.set(index, GroupMembers.plus(members.get(index), change.getPreference()));
    return with(members);
  }

  /** This page without those that argued. */
  PurchasePage without(Collection<GroupMember> argued) {
    List<GroupMember> members = new ArrayList<>(page.getMembers());
    members.removeAll(argued);
    return with(members);
  }

  PurchasePage settlingAt(long time) {
    return new PurchasePage(page, lineage, time, forgetAt);
  }

  private PurchasePage with(List<GroupMember> members) {
    RolloutGroup changed = RolloutGroup.newBuilder(page).setMembers(members).build();
    return new PurchasePage(changed, lineage, settlesAt, forgetAt);
  }
}
