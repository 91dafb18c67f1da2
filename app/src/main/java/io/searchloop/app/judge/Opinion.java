package io.searchloop.app.judge;

/**
 * What a judge thinks of a page, each from 0 to 1.
 *
 * @param relevance how well its products fit what the shopper meant
 * @param click how likely the shopper clicks
 * @param cart how likely something goes into the cart
 * @param purchase how likely something is bought
 */
public record Opinion(double relevance, double click, double cart, double purchase) {
  private static final double CART = 3;
  private static final double PURCHASE = 10;

  public Opinion {
    require("relevance", relevance);
    require("click", click);
    require("cart", cart);
    require("purchase", purchase);
  }

  /**
   * Click, cart and purchase in one figure from 0 to 1, weighed as rewards of shoppers are (1, 3,
   * 10). Example: .5, .2 and .1 come to (.5 + .6 + 1) / 14 = .15.
   */
  public double engagement() {
    return (click + CART * cart + PURCHASE * purchase) / (1 + CART + PURCHASE);
  }

  private static void require(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s, expected a share from 0 to 1".formatted(name, share));
    }
  }
}
