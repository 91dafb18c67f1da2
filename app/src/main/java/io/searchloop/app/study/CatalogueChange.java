package io.searchloop.app.study;

import io.searchloop.search.engine.Product;
import java.time.Instant;
import java.util.List;

/**
 * The catalogue that a shop ended with.
 *
 * @param at when it replaced the first one; the end of shopping where none did
 * @param products what it holds
 */
record CatalogueChange(Instant at, List<Product> products) {}
