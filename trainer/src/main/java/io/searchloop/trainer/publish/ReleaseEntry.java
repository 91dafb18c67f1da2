package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseManifest;

/**
 * One record of the release log.
 *
 * @param version its offset, which is the policy version
 * @param released false for a refusal
 * @param manifest what it says of itself
 */
public record ReleaseEntry(long version, boolean released, ReleaseManifest manifest) {}
