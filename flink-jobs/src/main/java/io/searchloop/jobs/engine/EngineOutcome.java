package io.searchloop.jobs.engine;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.RewardTuple;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One thing that came of a decision: a tuple, or the dead letter it became. Public for Flink's
 * serializers.
 *
 * @param topic topic of the decision
 * @param partition its partition
 * @param offset its offset
 * @param queryId its query id
 * @param last whether nothing more comes of this decision
 * @param tuple the tuple, if it is one
 * @param deadLetter the dead letter, if it is one
 */
public record EngineOutcome(
    String topic,
    int partition,
    long offset,
    String queryId,
    boolean last,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable RewardTuple tuple,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable DeadLetter deadLetter) {

  /** Outcomes of a decision that was scored. */
  static List<EngineOutcome> scored(DecisionRecord record, List<RewardTuple> tuples) {
    List<EngineOutcome> outcomes = new ArrayList<>(tuples.size());
    for (RewardTuple tuple : tuples) {
      boolean last = outcomes.size() == tuples.size() - 1;
      outcomes.add(of(record, last, tuple, null));
    }
    return outcomes;
  }

  /** The outcome of a decision that could not be scored. */
  static List<EngineOutcome> refused(DecisionRecord record, DeadLetter deadLetter) {
    return List.of(of(record, true, null, deadLetter));
  }

  /** Where its decision lies. */
  String where() {
    return topic + "-" + partition + "@" + offset;
  }

  private static EngineOutcome of(
      DecisionRecord record,
      boolean last,
      @Nullable RewardTuple tuple,
      @Nullable DeadLetter deadLetter) {
    return new EngineOutcome(
        record.topic(),
        record.partition(),
        record.offset(),
        record.readable().getQueryId(),
        last,
        tuple,
        deadLetter);
  }
}
