package io.searchloop.trainer;

import io.searchloop.policy.release.Sha256;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.publish.ReleaseEntry;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.charset.StandardCharsets;

/**
 * Says whether a release log began with this warm start: by weights, dimensions and tokenizer, not
 * by the exported bytes, which follow settings and the exporter.
 */
final class WarmStartFingerprint {
  /** Its key among the settings that a release records. */
  static final String KEY = "warmStart";

  private WarmStartFingerprint() {}

  static String of(WarmStart warmStart) {
    String content =
        TrainingState.fingerprint(warmStart.network())
            + Sha256.of(warmStart.spec().toJson())
            + Sha256.of(warmStart.tokenizer().toJson());
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Checks the first release of a log. One from before fingerprints is compared by its artifact.
   *
   * @throws IllegalStateException when it is another warm start
   */
  static void require(String expected, ReleaseEntry first, WarmStart warmStart) {
    String recorded = first.manifest().provenance().config().get(KEY);
    boolean same =
        recorded == null
            ? first
                .manifest()
                .sha256()
                .equals(Sha256.of(warmStart.artifact(warmStart.network()).toBytes()))
            : recorded.equals(expected);
    if (!same) {
      throw new IllegalStateException(
          "The release log began with warm start "
              + (recorded == null ? first.manifest().sha256() : recorded)
              + ", this one is "
              + expected
              + ". Start with the warm start of this log, or with a new data directory.");
    }
  }
}
