package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ReleaseStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MinibatchAuditTest {
  @Test
  void acceptsRangesThatFollowEachOther() {
    MinibatchAudit audit =
        audit(List.of(release(0, 0, 0, 0), release(2, 0, 5, 3), release(4, 5, 9, 3)), 9);

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.accounted()).isEqualTo(6);
  }

  @Test
  void namesAMinibatchTrainedTwice() {
    assertThat(audit(List.of(release(2, 0, 5, 3), release(4, 3, 9, 4)), 9).violations())
        .anySatisfy(violation -> assertThat(violation).contains("begins at minibatch 3"));
  }

  @Test
  void namesAMinibatchThatWasSkipped() {
    assertThat(audit(List.of(release(2, 0, 3, 2), release(4, 5, 9, 3)), 9).violations())
        .anySatisfy(violation -> assertThat(violation).contains("ended at 3"));
  }

  @Test
  void namesARangeThatDoesNotAccountForItsMinibatches() {
    assertThat(audit(List.of(release(2, 0, 9, 5)), 9).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation).contains("names 5").contains("holds 6"));
  }

  @Test
  void namesACommitThatWentAheadOfTheReleases() {
    assertThat(audit(List.of(release(2, 0, 5, 3)), 9).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation).contains("committed minibatch offset 9"));
  }

  @Test
  void takesReleasesOfExpiredMinibatchesAtTheirWord() {
    List<Release> releases = List.of(release(0, 0, 0, 0), release(2, 0, 5, 3), release(4, 5, 9, 3));

    MinibatchAudit audit =
        MinibatchAudit.of(releases, new TreeSet<>(List.of(5L, 6L, 8L)), 3, OptionalLong.of(9));

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.releasesOfExpired()).isEqualTo(1);
    assertThat(
            MinibatchAudit.of(releases, new TreeSet<>(List.of(6L, 8L)), 3, OptionalLong.of(9))
                .violations())
        .singleElement()
        .asString()
        .contains("names 3", "holds 2");
  }

  /** Minibatches at offsets 0, 1, 3, 5, 6, 8: transaction markers take offsets too. */
  private static MinibatchAudit audit(List<Release> releases, long committed) {
    return MinibatchAudit.of(
        releases, new TreeSet<>(List.of(0L, 1L, 3L, 5L, 6L, 8L)), 0, OptionalLong.of(committed));
  }

  private static Release release(long version, long from, long to, long trained) {
    PolicyProvenance provenance =
        new PolicyProvenance(
            "training", from, to, trained, Map.of(), Map.of(), Map.of(), "test", 0);
    return new Release(
        version,
        0,
        ReleaseStatus.RELEASED,
        new ReleaseManifest(1, "r" + version, -1, -1, version, 1, 1, "", "", provenance),
        "");
  }
}
