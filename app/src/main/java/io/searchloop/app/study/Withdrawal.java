package io.searchloop.app.study;

import io.searchloop.search.engine.Product;
import java.time.Instant;
import java.util.List;

/**
 * When products were withdrawn from a shop, and what it had left.
 *
 * @param at the end of shopping where none were
 * @param left products that it ended with
 */
record Withdrawal(Instant at, List<Product> left) {}
