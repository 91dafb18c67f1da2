package io.searchloop.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * When a search was decided, as its id tells: ids of ours begin with 12 hexadecimal digits of
 * milliseconds, 16 random ones follow, and one that is priced by the engine alone ends with a mark.
 */
public final class QueryTime {
  private static final int TIME_DIGITS = 12;
  private static final int ID_DIGITS = 28;
  private static final int HEX = 16;
  private static final char MARK = '!';

  private QueryTime() {}

  /** The time in an id; empty for an id that is none of ours. */
  public static Optional<Instant> of(String queryId) {
    boolean ours =
        queryId.length() >= ID_DIGITS
            && (queryId.length() == ID_DIGITS || queryId.charAt(ID_DIGITS) == MARK)
            && queryId.substring(0, ID_DIGITS).chars().allMatch(c -> Character.digit(c, HEX) >= 0);
    return ours
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(queryId.substring(0, TIME_DIGITS), HEX)))
        : Optional.empty();
  }
}
