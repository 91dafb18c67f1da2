package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.DecidedSearch;
import io.searchloop.jobs.intake.ShopperEvent;
import io.searchloop.jobs.intake.WaitingRecord;
import io.searchloop.schemas.state.SearchState;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A record whose time has come, read from its bytes. Records of one instant are ordered by cause,
 * then by identity, so that neither arrival nor partitioning shows in the result.
 *
 * @param source where it came from
 * @param identity query id of a decision, identity of an event
 * @param search the search it opens, if it is a decision
 * @param event the event, if it is one
 */
record HeldRecord(
    WaitingRecord source,
    String identity,
    @Nullable SearchState search,
    @Nullable ShopperEvent event)
    implements Comparable<HeldRecord> {
  private static final int DECISIONS_FIRST = -1;
  private static final Comparator<HeldRecord> ORDER =
      Comparator.comparingLong(HeldRecord::time)
          .thenComparingInt(HeldRecord::rank)
          .thenComparing(HeldRecord::identity)
          .thenComparingLong(record -> record.source().offset())
          .thenComparing(record -> record.source().topic())
          .thenComparingInt(record -> record.source().partition());

  static HeldRecord read(WaitingRecord source, DecidedSearch searches) {
    return switch (source.kind()) {
      case DECISION -> {
        SearchState search = searches.unpack(source.facts());
        yield new HeldRecord(source, search.getQueryId(), search, null);
      }
      case EVENT -> {
        ShopperEvent event = ShopperEvent.unpack(source.facts());
        yield new HeldRecord(source, event.identity(), null, event);
      }
      case REWARD_CONFIG ->
          throw new IllegalArgumentException(
              "%s-%d@%d is a reward configuration, expected a decision or an event."
                  .formatted(source.topic(), source.partition(), source.offset()));
    };
  }

  /** Event time, epoch milliseconds. */
  long time() {
    return source.eventTime();
  }

  @Override
  public int compareTo(HeldRecord other) {
    return ORDER.compare(this, other);
  }

  private int rank() {
    return event == null ? DECISIONS_FIRST : event.action().ordinal();
  }
}
