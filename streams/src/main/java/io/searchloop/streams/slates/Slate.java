package io.searchloop.streams.slates;

import io.searchloop.policy.release.Sha256;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.inference.Rollout;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Candidates to be drawn from more than once. They carry the log-probabilities of the sampler that
 * drew them, so a rollout shown an hour later is as good to learn from as a fresh one.
 *
 * @param slateId {@code slate/version/hash}; the hash covers group key, tokens and
 *     log-probabilities, so that two workers never call different candidates the same
 * @param rollouts in sampling order, duplicates kept; rollout i is {@code slateId#i}
 */
public record Slate(String slateId, List<Rollout> rollouts) {
  private static final int HASH_DIGITS = 16;
  private static final int HEX = 16;

  /** Copies the rollouts. */
  public Slate {
    rollouts = List.copyOf(rollouts);
    if (rollouts.isEmpty()) {
      throw new IllegalArgumentException(
          "Slate %s without rollouts, expected at least one to draw.".formatted(slateId));
    }
  }

  /** A slate of rollouts just sampled. */
  static Slate of(PolicyIdentity identity, String groupKey, List<Rollout> rollouts) {
    return new Slate(id(identity.version(), hash(groupKey, rollouts)), rollouts);
  }

  static String id(long version, long hash) {
    return "slate/%d/%016x".formatted(version, hash);
  }

  /**
   * Hash in an id.
   *
   * @throws IllegalArgumentException when it is no slate's id
   */
  static long hashOf(String slateId) {
    int slash = slateId.lastIndexOf('/');
    if (slash < 0 || slateId.length() - slash - 1 != HASH_DIGITS) {
      throw new IllegalArgumentException(
          "Slate id of %d characters, expected slate/version/ and %d hex digits."
              .formatted(slateId.length(), HASH_DIGITS));
    }
    return Long.parseUnsignedLong(slateId.substring(slash + 1), HEX);
  }

  private static long hash(String groupKey, List<Rollout> rollouts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(groupKey.getBytes(StandardCharsets.UTF_8));
    for (Rollout rollout : rollouts) {
      content.writeBytes(Packed.ints(rollout.tokens()).array());
      content.writeBytes(Packed.floats(rollout.logProbs()).array());
    }
    return Long.parseUnsignedLong(Sha256.of(content.toByteArray()).substring(0, HASH_DIGITS), HEX);
  }
}
