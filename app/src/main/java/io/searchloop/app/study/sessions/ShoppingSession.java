package io.searchloop.app.study.sessions;

import java.util.List;

/**
 * A session that ended well: what was typed in vain, and what led to the product. Texts are
 * normalised.
 *
 * @param earlier failed queries before the last one, oldest first; at least one
 * @param last the last failed query, which a policy is to rewrite
 * @param next the shopper's next query, the successful one
 * @param product what the shopper has in mind
 * @param kind its kind, the intent; may be empty
 */
record ShoppingSession(
    List<String> earlier, String last, String next, String product, String kind) {
  ShoppingSession {
    earlier = List.copyOf(earlier);
    if (earlier.isEmpty() || last.equals(next) || earlier.contains(next)) {
      throw new IllegalArgumentException(
          "Session of %d earlier queries, expected one at least, and its successful query at its end alone."
              .formatted(earlier.size()));
    }
  }
}
