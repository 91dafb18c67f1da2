package io.searchloop.app.study;

/**
 * What a released version is worth a search.
 *
 * @param version its offset
 * @param minutes from the opening of the shop to its release; 0 for those before
 * @param worth expectation over queries as shoppers type them, rewrites as they are drawn
 */
public record VersionWorth(long version, double minutes, double worth) {}
