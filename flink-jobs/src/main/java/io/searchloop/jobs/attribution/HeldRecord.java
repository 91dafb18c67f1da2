package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.learning.event.Action;
import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.util.Comparator;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A record that waits for the watermark. Records of one instant are ordered by cause, then by
 * identity, so that neither arrival nor partitioning shows in the result. Public for Flink's
 * serializers.
 *
 * @param topic topic it came from
 * @param partition partition it came from
 * @param offset its offset
 * @param identity query id of a decision, identity of an event
 * @param decision the decision, if it is one
 * @param event the event, if it is one
 */
public record HeldRecord(
    String topic,
    int partition,
    long offset,
    String identity,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable Decision decision,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable SearchEvent event)
    implements Comparable<HeldRecord> {
  private static final int DECISIONS_FIRST = -1;
  private static final Comparator<HeldRecord> ORDER =
      Comparator.comparingInt(HeldRecord::rank)
          .thenComparing(HeldRecord::identity)
          .thenComparing(HeldRecord::offset)
          .thenComparing(HeldRecord::topic)
          .thenComparing(HeldRecord::partition);

  static HeldRecord of(SourceRecord record) {
    Decision decision = record.decision();
    SearchEvent event = record.event();
    String identity;
    if (decision != null) {
      identity = decision.getQueryId();
    } else if (event != null) {
      identity = EventIdentity.of(event);
    } else {
      throw new IllegalArgumentException(
          "%s-%d@%d is neither decision nor event; refused records must not reach attribution."
              .formatted(record.topic(), record.partition(), record.offset()));
    }
    return new HeldRecord(
        record.topic(), record.partition(), record.offset(), identity, decision, event);
  }

  @Override
  public int compareTo(HeldRecord other) {
    return ORDER.compare(this, other);
  }

  private int rank() {
    return event == null ? DECISIONS_FIRST : action(event).ordinal();
  }

  /** Action of an event that intake has validated. */
  static Action action(SearchEvent event) {
    return Action.of(event.getActionName())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Action '" + event.getActionName() + "' passed intake unknown."));
  }
}
