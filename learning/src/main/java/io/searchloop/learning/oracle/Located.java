package io.searchloop.learning.oracle;

/**
 * A record with where it lies.
 *
 * @param position where
 * @param record what
 */
public record Located<T>(SourcePosition position, T record) {}
