package io.searchloop.app.audit;

import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Dead letters by the record they refused, without its bytes. Two jobs read decisions: a letter of
 * the engine's job says nothing about what the reward job did with the record. One thread.
 */
final class Refusals {
  /** {@code found_by} of letters of the job that prices searches without shoppers. */
  private static final String ENGINE = EngineAudit.JOB;

  private final Set<SourcePosition> refused = new HashSet<>();
  private final Map<SourcePosition, Long> late = new HashMap<>();
  private final Map<SourcePosition, Integer> engine = new HashMap<>();

  void add(DeadLetter letter) {
    if (letter.getTopic().isEmpty() || letter.getOffset() < 0) {
      return; // It never reached a topic.
    }
    SourcePosition position =
        new SourcePosition(letter.getTopic(), letter.getPartition(), letter.getOffset());
    if (letter.getFoundBy().equals(ENGINE)
        || letter.getReason() == DeadLetterReason.ENGINE_UNAVAILABLE) {
      engine.merge(position, 1, Integer::sum);
    } else if (letter.getReason() == DeadLetterReason.LATE) {
      late.put(position, letter.getWatermark());
    } else {
      refused.add(position);
    }
  }

  /** Records the reward job refused for any reason but lateness. */
  Set<SourcePosition> refused() {
    return refused;
  }

  /** Records it refused as late, with the watermark they had fallen behind. */
  Map<SourcePosition, Long> late() {
    return late;
  }

  /** How many letters the engine's job wrote about a record. */
  int ofEngine(SourcePosition position) {
    return engine.getOrDefault(position, 0);
  }
}
