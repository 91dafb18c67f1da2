package io.searchloop.trainer;

import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseEntry;

/**
 * What training continues from: the newest release of the current lineage, or, right after a
 * rollback, the release it went back to.
 *
 * @param lineage lineage of everything trained from here
 * @param parentVersion policy version whose weights these are
 * @param step its step
 * @param checkpoint hash of its checkpoint
 */
record TrainingLine(long lineage, long parentVersion, long step, String checkpoint) {

  static TrainingLine of(PolicyHistory history) {
    ReleaseEntry base =
        history
            .base()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The release log has no release of lineage "
                            + history.head().lineage()
                            + ". Roll back to a release that `policy list` shows."));
    return new TrainingLine(
        history.head().lineage(),
        base.version(),
        base.manifest().step(),
        base.manifest().checkpoint());
  }
}
