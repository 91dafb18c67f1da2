package io.searchloop.learning.oracle;

/**
 * An order line that a search was paid for, and how much of it came back. Shares are rounded on the
 * total returned: of 10 micros for 3 units, refunds of one unit each take 3, 4 and 3.
 */
final class PaidLine {
  /**
   * The two prices of a line.
   *
   * @param purchase micros of term {@code purchase}
   * @param hitrate micros of term {@code hitrate}
   */
  record Price(long purchase, long hitrate) {
    static final Price ZERO = new Price(0, 0);

    Price minus(Price other) {
      return new Price(purchase - other.purchase, hitrate - other.hitrate);
    }
  }

  private final SearchInterval search;
  private final int bought;
  private int returned;
  private Price earned = Price.ZERO;
  private Price takenBack = Price.ZERO;

  /**
   * @param quantity units of the purchase; 0 for not said
   */
  PaidLine(SearchInterval search, int quantity) {
    this.search = search;
    this.bought = Math.max(1, quantity);
  }

  SearchInterval search() {
    return search;
  }

  /** What it earned after the cap. */
  void earn(Price price) {
    earned = price;
  }

  /**
   * What a refund takes back.
   *
   * @param quantity units returned; 0 for all that are left
   */
  Price refund(int quantity) {
    int left = bought - returned;
    returned += quantity == 0 ? left : Math.min(quantity, left);
    Price total = new Price(share(earned.purchase()), share(earned.hitrate()));
    Price growth = total.minus(takenBack);
    takenBack = total;
    return growth;
  }

  private long share(long micros) {
    return Math.round((double) micros * returned / bought);
  }
}
