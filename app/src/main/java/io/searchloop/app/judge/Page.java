package io.searchloop.app.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a shopper sees.
 *
 * @param products ids, the first result first
 */
public record Page(List<String> products) {
  public Page {
    products = List.copyOf(products);
  }

  /**
   * MiniELM's diversity: {@code |P_new \ P_old| / |P_old|}, at most 1; 0 when the other page is
   * empty. Example: of three products one is not on a page of two: .5.
   */
  double newBeside(Page other) {
    if (other.products.isEmpty()) {
      return 0;
    }
    Set<String> found = new HashSet<>(products);
    other.products.forEach(found::remove);
    return Math.min(1, found.size() / (double) other.products.size());
  }
}
