package io.searchloop.app.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the loop as it is now.
 *
 * @param id stable name
 * @param total records it wrote since the console began to read
 * @param perSecond records a second, over ten seconds
 * @param history records a second of the last minute, oldest first
 * @param lag records that wait for it; null where nothing does
 */
public record Stage(
    String id, long total, double perSecond, List<Double> history, @Nullable Long lag) {
  /** Copies the list. */
  public Stage {
    history = List.copyOf(history);
  }
}
