package io.searchloop.jobs.assembly;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Something to pack into a minibatch: a group, a correction, a pair, or the news of a flat group,
 * which is only counted. Public for Flink's serializers.
 *
 * @param kind kind of minibatch it belongs in
 * @param lineage lineage of its rollouts
 * @param group the group or correction, if it is one
 * @param pair the pair, if it is one
 */
public record TrainingItem(
    MinibatchKind kind,
    long lineage,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable RolloutGroup group,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable PreferencePair pair) {

  static TrainingItem group(long lineage, RolloutGroup group) {
    return new TrainingItem(MinibatchKind.GROUPS, lineage, group, null);
  }

  static TrainingItem flatGroup(long lineage) {
    return new TrainingItem(MinibatchKind.GROUPS, lineage, null, null);
  }

  static TrainingItem correction(long lineage, RolloutGroup change) {
    return new TrainingItem(MinibatchKind.CORRECTIONS, lineage, change, null);
  }

  static TrainingItem pair(long lineage, PreferencePair pair) {
    return new TrainingItem(MinibatchKind.PAIRS, lineage, null, pair);
  }

  boolean flat() {
    return group == null && pair == null;
  }

  /** Items of one key share a minibatch: one kind, one lineage. */
  String packingKey() {
    return kind + "/" + lineage;
  }
}
