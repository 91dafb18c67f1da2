package io.searchloop.streams.decision;

import java.util.random.RandomGenerator;

/**
 * A search whose rollouts nobody will see.
 *
 * @param queryId of its own: the shown query's id and {@code !engine} or {@code !shadow}
 * @param arm what the rollouts are for: {@link Arm#ENGINE_ONLY} of the active release, or {@link
 *     Arm#SHADOW} of the one on trial
 * @param plan what was searched, and what the engine is to judge with
 * @param assignment what the visitor was assigned to
 * @param random a stream of its own, so that what is sampled depends on the request and not on when
 *     its turn comes; belongs to whoever samples
 */
public record EngineOnlySearch(
    RewriteRequest request,
    String queryId,
    String arm,
    SearchPlan plan,
    Assignment assignment,
    RandomGenerator random) {}
