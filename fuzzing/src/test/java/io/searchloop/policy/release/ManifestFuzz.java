package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.policy.signing.CarriedManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests: of a release and its base, as {@code policy.releases.v1} carries them, and of a policy
 * directory. Readers of the log ask a manifest everything before anybody has verified it.
 */
class ManifestFuzz {
  private static final PolicyProvenance PROVENANCE =
      new PolicyProvenance(
          "training",
          3,
          11,
          7,
          Map.of("lineage", 1L),
          Map.of("seed", "1"),
          Map.of("kl", .1),
          "1",
          2);
  private static final ReleaseManifest KEYFRAME =
      new ReleaseManifest(1, "r", 4, -1, 8, 1, 3, "aa", "bb", PROVENANCE);

  static Stream<byte[]> seeds() {
    PolicySpec spec = new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8);
    DirectoryManifest directory =
        new DirectoryManifest(
            1, spec, Map.of("policy.onnx", new DirectoryManifest.SealedFile(1, "aa")), PROVENANCE);
    return Stream.of(
        Parts.join(List.of(KEYFRAME.toJson(), KEYFRAME.toJson(), directory.toJson())),
        Parts.join(
            List.of(
                KEYFRAME.onBase(new ReleaseBase(0, "aa", 1, 9), 1).toJson(),
                KEYFRAME.toJson(),
                directory.toJson())));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    List<byte[]> parts = Parts.of(input, 3);
    Bounds.within(
        input.length,
        () -> {
          Optional<ReleaseManifest> wanted = release(parts.get(0));
          Optional<ReleaseManifest> base = release(parts.get(1));
          wanted.ifPresent(manifest -> follow(manifest, base));
          directory(parts.get(2));
        });
  }

  private static Optional<ReleaseManifest> release(byte[] json) {
    try {
      ReleaseManifest manifest = new CarriedManifest(0, json, ReleaseSignature.NONE, -1).manifest();
      if (!Parts.escapes(json)) {
        assertThat(ReleaseManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
      }
      assertThat(manifest.provenance().config()).isNotNull();
      return Optional.of(manifest);
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e);
      return Optional.empty();
    }
  }

  private static void follow(ReleaseManifest wanted, Optional<ReleaseManifest> base) {
    try {
      ReleaseChain.of(wanted, version -> base);
      wanted.verify(ArtifactChunks.assemble(wanted, Map.of(0, new byte[] {1, 2, 3})));
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e);
    }
  }

  private static void directory(byte[] json) {
    try {
      DirectoryManifest manifest = DirectoryManifest.fromJson("here", json);
      if (!Parts.escapes(json)) {
        assertThat(DirectoryManifest.fromJson("here", manifest.toJson())).isEqualTo(manifest);
      }
      assertThat(manifest.spec()).isNotNull();
      assertThat(manifest.provenance()).isNotNull();
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e, "here");
    }
  }
}
