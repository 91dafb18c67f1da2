package io.searchloop.app.dataset;

import io.searchloop.schemas.config.Setting;

/**
 * Size and difficulty of the generated shop.
 *
 * @param products products in the catalogue
 * @param queries distinct queries; few enough that popular ones recur within minutes
 * @param gapShare share of queries in words that the catalogue never uses
 * @param typoShare share of queries that are misspelt
 * @param seed two shops of the same configuration are equal
 */
public record MarketplaceConfig(
    @Setting(value = "3000", help = "products in the catalogue") int products,
    @Setting(value = "250", help = "distinct queries") int queries,
    @Setting(value = "0.45", help = "share of queries in words the catalogue never uses")
        double gapShare,
    @Setting(value = "0.25", help = "share of queries that are misspelt") double typoShare,
    @Setting(value = "7", help = "seed of the shop") long seed) {
  private static final int SMALLEST = 20;

  public MarketplaceConfig {
    if (products < SMALLEST || queries < SMALLEST) {
      throw new IllegalArgumentException(
          "found products="
              + products
              + " and queries="
              + queries
              + ", expected at least "
              + SMALLEST
              + " of each");
    }
    if (!(gapShare >= 0 && typoShare >= 0 && gapShare + typoShare <= 1)) {
      throw new IllegalArgumentException(
          "found gap-share="
              + gapShare
              + " and typo-share="
              + typoShare
              + ", expected shares that add up to at most 1");
    }
  }

  /** Queries in words the catalogue never uses. */
  int gapQueries() {
    return (int) Math.round(queries * gapShare);
  }

  /** Misspelt queries. */
  int typoQueries() {
    return (int) Math.round(queries * typoShare);
  }
}
