package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseChainTest {
  private final Map<Long, ReleaseManifest> releases = new HashMap<>();

  @Test
  void aKeyframeStandsAlone() {
    ReleaseManifest keyframe = keyframe(3);

    assertThat(ReleaseChain.of(keyframe, this::find)).containsExactly(keyframe);
  }

  @Test
  void aDeltaFollowsItsBasesFromTheKeyframeOn() {
    ReleaseManifest keyframe = keyframe(3);
    ReleaseManifest first = delta(5, 3, 1);
    ReleaseManifest second = delta(8, 5, 2);
    keyframe(6);

    assertThat(ReleaseChain.of(second, this::find)).containsExactly(keyframe, first, second);
  }

  @Test
  void aMissingBaseIsNamed() {
    ReleaseManifest delta = delta(5, 3, 1);

    assertBaseFault(delta, "builds upon version 3", "no release there");
  }

  @Test
  void aBaseOfOtherContentIsRefused() {
    keyframe(3);
    ReleaseManifest delta = keyframe(5).onBase(new ReleaseBase(3, "other", 1, 10), 1);

    assertBaseFault(delta, "SHA-256 other", "found a release with SHA-256 hash-3");
  }

  @Test
  void aRingIsNoChain() {
    delta(5, 8, 1);
    ReleaseManifest ring = delta(8, 5, 2);

    assertBaseFault(ring, "builds upon version 8", "found a release of depth 2");
  }

  @Test
  void noChainIsLongerThanTheBound() {
    assertThatThrownBy(() -> new ReleaseBase(0, "", ReleaseBase.MAX_DEPTH + 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected depth 1 to 1000");
  }

  private void assertBaseFault(ReleaseManifest wanted, String... words) {
    assertThatThrownBy(() -> ReleaseChain.of(wanted, this::find))
        .isInstanceOfSatisfying(
            InvalidReleaseException.class, e -> assertThat(e.fault()).isEqualTo(ReleaseFault.BASE))
        .hasMessageContainingAll(words);
  }

  private Optional<ReleaseManifest> find(long version) {
    return Optional.ofNullable(releases.get(version));
  }

  private ReleaseManifest keyframe(long version) {
    ReleaseManifest manifest =
        new ReleaseManifest(
            ReleaseManifest.FORMAT,
            "r" + version,
            -1,
            -1,
            version,
            1,
            100,
            "hash-" + version,
            "",
            new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0));
    releases.put(version, manifest);
    return manifest;
  }

  private ReleaseManifest delta(long version, long base, int depth) {
    ReleaseManifest manifest =
        keyframe(version).onBase(new ReleaseBase(base, "hash-" + base, depth, 10), 1);
    releases.put(version, manifest);
    return manifest;
  }
}
