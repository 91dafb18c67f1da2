package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Something to pack into a minibatch: a group, a correction, a pair, a partial order, or the news
 * of a flat group, which is only counted. Public for Flink's serializers.
 *
 * @param kind kind of minibatch it belongs in
 * @param lineage lineage of its rollouts
 * @param groupKey the query it teaches about: no query fills a minibatch while others wait
 * @param lastImpression epoch milliseconds of the latest impression behind it; 0 for a flat group
 * @param group the group or correction, if it is one
 * @param pair the pair, if it is one
 * @param order the partial order, if it is one
 */
public record TrainingItem(
    MinibatchKind kind,
    long lineage,
    String groupKey,
    long lastImpression,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable RolloutGroup group,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable PreferencePair pair,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable PartialOrder order) {

  static TrainingItem group(long lineage, RolloutGroup group) {
    return ofGroup(MinibatchKind.GROUPS, lineage, group);
  }

  static TrainingItem flatGroup(long lineage) {
    return new TrainingItem(MinibatchKind.GROUPS, lineage, "", 0, null, null, null);
  }

  static TrainingItem correction(long lineage, RolloutGroup change) {
    return ofGroup(MinibatchKind.CORRECTIONS, lineage, change);
  }

  static TrainingItem pair(long lineage, long lastImpression, PreferencePair pair) {
    return new TrainingItem(
        MinibatchKind.PAIRS, lineage, pair.getGroupKey(), lastImpression, null, pair, null);
  }

  static TrainingItem order(long lineage, long lastImpression, PartialOrder order) {
    return new TrainingItem(
        MinibatchKind.PAIRS, lineage, order.getGroupKey(), lastImpression, null, null, order);
  }

  private static TrainingItem ofGroup(MinibatchKind kind, long lineage, RolloutGroup group) {
    long lastImpression = group.getLastImpression().toEpochMilli();
    return new TrainingItem(kind, lineage, group.getGroupKey(), lastImpression, group, null, null);
  }

  boolean flat() {
    return group == null && pair == null && order == null;
  }

  /** Items of one key share a minibatch: one kind, one lineage. */
  String packingKey() {
    return kind + "/" + lineage;
  }
}
