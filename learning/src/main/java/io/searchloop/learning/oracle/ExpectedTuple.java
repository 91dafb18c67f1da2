package io.searchloop.learning.oracle;

/**
 * A reward tuple the job must have emitted.
 *
 * @param rolloutId the rollout
 * @param sequence 0 for the base tuple, then 1, 2, ... for corrections
 * @param reward reward, or for a correction its change
 */
public record ExpectedTuple(String rolloutId, int sequence, double reward) {}
