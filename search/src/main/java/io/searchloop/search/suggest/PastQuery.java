package io.searchloop.search.suggest;

/**
 * What became of a query when shoppers asked it.
 *
 * @param text as shoppers typed it
 * @param searches how often it was asked, at least one
 * @param reward mean reward of a search for it; clicks, carts and purchases as they were priced
 */
public record PastQuery(String text, long searches, double reward) {

  /** Refuses what no log of searches can add up to. */
  public PastQuery {
    if (text.isBlank() || searches < 1 || !Double.isFinite(reward)) {
      throw new IllegalArgumentException(
          "Past query has %d searches and reward %s, expected a text, at least one search and a finite reward."
              .formatted(searches, reward));
    }
  }

  /**
   * Popularity times outcome, {@code log2(1 + searches) (1 + max(0, reward))}: a query that is
   * asked a thousand times is not a hundred times better than one that is asked ten times. Example:
   * 7 searches of reward .5 score 3 * 1.5 = 4.5.
   */
  double score() {
    return Math.log1p(searches) / Math.log(2) * (1 + Math.max(0, reward));
  }
}
