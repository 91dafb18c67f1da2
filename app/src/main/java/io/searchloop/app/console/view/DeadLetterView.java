package io.searchloop.app.console.view;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What could not be used.
 *
 * @param total letters read: those of the last day and all that came since
 * @param byReason the same by reason
 * @param newest the last hundred, newest first
 */
public record DeadLetterView(long total, Map<String, Long> byReason, List<LetterView> newest) {
  /** Copies the collections. */
  public DeadLetterView {
    byReason = new TreeMap<>(byReason);
    newest = List.copyOf(newest);
  }
}
