package io.searchloop.app.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.privacy.VisitorTrail.LearnedFrom;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.log.Located;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions 0 to 4, each trained from the one before; of version 3 nothing was released. */
class TaughtVersionsTest {
  private static final long FIRST_LINEAGE = -1;

  @Test
  void namesWhatTrainedOnAMinibatchWhatCameOfThatAndTheVersionBefore() {
    TaughtVersions taught = taught(6);

    assertThat(taught.directly()).containsExactly(2L);
    assertThat(taught.descended()).containsExactly(4L);
    assertThat(taught.serving()).isEqualTo(4);
    assertThat(taught.servingLearned()).isTrue();
    assertThat(taught.rollbackTo()).isEqualTo(1);
  }

  @Test
  void knowsThatARefusedReleaseAndAForeignLineageTaughtNothing() {
    assertThat(taught(10).directly()).isEmpty();
    TaughtVersions foreign = TaughtVersions.of(history(), List.of(new LearnedFrom(6, 99)));

    assertThat(foreign.directly()).isEmpty();
    assertThat(foreign.servingLearned()).isFalse();
    assertThat(foreign.rollbackTo()).isEqualTo(-1);
  }

  @Test
  void namesMinibatchesThatWaitAndHasNowhereToGoBackToBeforeTheFirst() {
    TaughtVersions taught =
        TaughtVersions.of(
            history(), List.of(new LearnedFrom(1, FIRST_LINEAGE), new LearnedFrom(50, -1)));

    assertThat(taught.pending()).containsExactly(50L);
    assertThat(taught.directly()).containsExactly(1L);
    assertThat(taught.rollbackTo()).as("the warm start").isZero();
  }

  private static TaughtVersions taught(long minibatch) {
    return TaughtVersions.of(history(), List.of(new LearnedFrom(minibatch, FIRST_LINEAGE)));
  }

  private static PolicyHistory history() {
    PolicyControl promotion =
        PolicyControl.newBuilder()
            .setDecisionId("d")
            .setAction(ControlAction.PROMOTE)
            .setPolicyVersion(4)
            .build();
    return PolicyHistory.of(
        List.of(
            release(0, -1, 0, 0, ReleaseStatus.RELEASED),
            release(1, 0, 0, 5, ReleaseStatus.RELEASED),
            release(2, 1, 5, 9, ReleaseStatus.RELEASED),
            release(3, 2, 9, 12, ReleaseStatus.REFUSED),
            release(4, 2, 12, 15, ReleaseStatus.RELEASED)),
        List.of(new Located<>(0, 0, 0, promotion)));
  }

  private static Release release(
      long version, long parent, long from, long to, ReleaseStatus status) {
    PolicyProvenance provenance =
        new PolicyProvenance(
            "training", from, to, to - from, Map.of(), Map.of(), Map.of(), "test", 0);
    return new Release(
        version,
        0,
        status,
        new ReleaseManifest(
            1, "r" + version, parent, FIRST_LINEAGE, version, 1, 1, "", "", provenance),
        "");
  }
}
