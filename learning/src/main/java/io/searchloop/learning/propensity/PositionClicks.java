package io.searchloop.learning.propensity;

/**
 * How often a query showed a product at one position, and how often it was clicked there.
 *
 * @param query the query, or whatever makes a product equally attractive
 * @param product product id
 * @param position position on the page, from one
 * @param impressions pages that showed it there
 * @param clicks those of them on which it was clicked
 */
public record PositionClicks(
    String query, String product, int position, long impressions, long clicks) {

  public PositionClicks {
    if (position < 1 || clicks < 0 || clicks > impressions) {
      throw new IllegalArgumentException(
          "Product %s at position %d with %d clicks on %d impressions, expected positions from one and no more clicks than impressions. Count a product once a page."
              .formatted(product, position, clicks, impressions));
    }
  }
}
