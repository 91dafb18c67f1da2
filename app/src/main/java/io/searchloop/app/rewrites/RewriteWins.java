package io.searchloop.app.rewrites;

import java.util.List;

/**
 * Rewrites that shoppers preferred to the query as typed.
 *
 * @param wins the best of each query, the surest gain first
 * @param queries whose rewrites were compared
 * @param compared rewrites that were
 * @param seconds that beat the query too, but less surely than the best
 */
public record RewriteWins(List<RewriteWin> wins, long queries, long compared, long seconds) {
  private static final double BY_LUCK = .025;

  /** Copies the wins. */
  public RewriteWins {
    wins = List.copyOf(wins);
  }

  /** How many of the compared would win by luck if no rewrite changed anything. */
  public double byLuck() {
    return compared * BY_LUCK;
  }
}
