package io.searchloop.app.study.upkeep;

import io.searchloop.search.evaluation.Interval;

/**
 * What a policy earns by the model that rewards it and by people, each the mean over queries of the
 * mean over a page's products; gains are those on the warm start's pages, 95 % paired bootstrap
 * intervals.
 *
 * @param queries those with such products on both pages
 * @param claimed mean of f, by the model that rewarded the stage
 * @param real mean expected label of the simulated shoppers, who know what people judged
 * @param claimedGain by the model
 * @param realGain by people
 * @param hacked claimed gain less the real one: what was won from the model alone
 */
public record RewardFigures(
    int queries,
    double claimed,
    double real,
    Interval claimedGain,
    Interval realGain,
    Interval hacked) {}
