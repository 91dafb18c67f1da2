package io.searchloop.learning.oracle;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The raw log as of one checkpoint of the job. Records at or beyond {@code nextOffsets} are
 * ignored, so whole topics may be passed.
 *
 * @param decisions every decision that decodes
 * @param events every event that decodes
 * @param deadLetters positions refused for any reason but lateness; they may decode or not
 * @param late positions refused as late; each lies at or behind the watermark that refused it
 * @param nextOffsets per source partition the first offset the job had not read
 * @param watermark the job's event-time watermark, epoch milliseconds
 */
public record EventLog(
    List<Located<Decision>> decisions,
    List<Located<SearchEvent>> events,
    Set<SourcePosition> deadLetters,
    Set<SourcePosition> late,
    Map<SourcePartition, Long> nextOffsets,
    long watermark) {

  public EventLog {
    decisions = List.copyOf(decisions);
    events = List.copyOf(events);
    deadLetters = Set.copyOf(deadLetters);
    late = Set.copyOf(late);
    nextOffsets = Map.copyOf(nextOffsets);
  }

  /** Whether the job had read this far. */
  boolean read(SourcePosition position) {
    return position.offset() < nextOffsets.getOrDefault(position.sourcePartition(), 0L);
  }

  /** Whether the record went on to attribution. */
  boolean usable(SourcePosition position) {
    return read(position) && !deadLetters.contains(position) && !late.contains(position);
  }
}
