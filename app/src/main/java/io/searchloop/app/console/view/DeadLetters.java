package io.searchloop.app.console.view;

import io.searchloop.schemas.DeadLetter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters by reason, and the last ones in full. Thread-safe. */
final class DeadLetters {
  private static final int KEPT = 100;

  private final Map<String, Long> byReason = new TreeMap<>();
  private final Deque<LetterView> newest = new ArrayDeque<>();
  private long total;

  synchronized void add(DeadLetter letter) {
    String reason = letter.getReason().name().toLowerCase(Locale.ROOT);
    total++;
    byReason.merge(reason, 1L, Long::sum);
    newest.addLast(
        new LetterView(
            letter.getTimestamp(),
            reason,
            letter.getDetail(),
            letter.getTopic(),
            letter.getPartition(),
            letter.getOffset(),
            letter.getFoundBy(),
            letter.getPayload().remaining()));
    if (newest.size() > KEPT) {
      newest.removeFirst();
    }
  }

  synchronized long total() {
    return total;
  }

  synchronized DeadLetterView view() {
    List<LetterView> letters = new ArrayList<>(newest);
    Collections.reverse(letters);
    return new DeadLetterView(total, byReason, letters);
  }
}
