package io.searchloop.streams.decision;

import java.util.random.RandomGenerator;

/**
 * A search whose rollouts nobody will see.
 *
 * @param queryId of its own: the shown query's id and {@code !engine}
 * @param epoch catalogue epoch that was searched, and that the engine is to judge with
 * @param armPropensity probability of the visitor's arm
 * @param random a stream of its own, so that what is sampled depends on the request and not on when
 *     its turn comes; belongs to whoever samples
 */
public record EngineOnlySearch(
    RewriteRequest request,
    String queryId,
    long epoch,
    double armPropensity,
    RandomGenerator random) {}
