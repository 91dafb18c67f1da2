package io.searchloop.streams.heads;

/**
 * A query with how often it was asked lately.
 *
 * @param query in normal form
 * @param count decisions in the windows looked at
 */
public record HeadQuery(String query, long count) {}
