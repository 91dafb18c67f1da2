package io.searchloop.app.console.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search from what was typed to what came of it. Query and rewrites are a shopper's own words.
 *
 * @param served rewrites that were shown
 * @param others rewrites that were sampled and not shown
 * @param correction what the spelling checker made of the query; empty when it changed nothing
 * @param results first products of the page, by title where it is known
 * @param outcomes what the shopper did, in the order it arrived
 * @param reward what the search earned so far; null before its first tuple
 */
public record Example(
    String queryId,
    Instant at,
    String query,
    String arm,
    String mode,
    long version,
    List<String> served,
    List<String> others,
    String correction,
    List<String> results,
    int resultCount,
    List<Outcome> outcomes,
    @Nullable Double reward) {
  /** Copies the lists. */
  public Example {
    served = List.copyOf(served);
    others = List.copyOf(others);
    results = List.copyOf(results);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Something the shopper did.
   *
   * @param position from one; 0 when unknown
   */
  public record Outcome(String action, String product, int position) {}
}
