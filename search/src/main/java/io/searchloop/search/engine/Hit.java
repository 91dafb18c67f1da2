package io.searchloop.search.engine;

/**
 * One product found.
 *
 * @param productId its id in the catalogue
 * @param score BM25 score; comparable within one search only
 */
public record Hit(String productId, double score) {}
