package io.searchloop.app.study.bandit;

/**
 * Clicks a search that are lost by choosing each query's arm after some traffic.
 *
 * @param searches of all queries
 * @param alone when every visitor was shown one arm
 * @param merged when every visitor was shown a page merged from all
 */
public record MultileavingFigures(int searches, double alone, double merged) {}
