package io.searchloop.policy.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.MovedRelease;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKey;
import io.searchloop.policy.signing.TrustedKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseFileTest {
  private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";
  private static final byte[] ARTIFACT =
      new PolicyArtifact(
              new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8),
              BytePairTrainer.train(List.of("shoes"), 270),
              "a graph".getBytes(UTF_8))
          .toBytes();

  private final SigningKey key = SigningKey.generate(new SecureRandom());
  private final ReleaseManifest trained =
      new ReleaseManifest(
              ReleaseManifest.FORMAT,
              "l-1-s40-m80-0123456789ab",
              11,
              7,
              40,
              1,
              ARTIFACT.length,
              Sha256.of(ARTIFACT),
              "c0ffee",
              new PolicyProvenance(
                  "training",
                  72,
                  80,
                  6,
                  Map.of("stale", 2L),
                  Map.of("warmStart", "feed"),
                  Map.of("kl", .1),
                  "0.1.0",
                  1234))
          .onBase(new ReleaseBase(11, "beef", 3, 17), 1);

  @Test
  void oneReleaseHasOneFileWhichGivesItBack() {
    byte[] bytes = file(trained.toJson()).toBytes();

    ReleaseFile read = ReleaseFile.read("r.zip", bytes);

    assertThat(read.toBytes()).isEqualTo(bytes).isEqualTo(file(trained.toJson()).toBytes());
    assertThat(read.manifest()).isEqualTo(trained);
    assertThat(read.artifact()).isEqualTo(ARTIFACT);
    assertThat(read.source().version()).isEqualTo(12);
    read.verify(TrustedKeys.of(key.trusted()));
  }

  @Test
  void inAnotherLogItIsTheSameReleaseWithOffsetsOfThatLog() {
    ReleaseManifest placed = file(trained.toJson()).placed(new Placement(3, 5, 90, 17));

    assertThat(placed.releaseId()).isEqualTo(trained.releaseId());
    assertThat(placed.sha256()).isEqualTo(trained.sha256());
    assertThat(placed.checkpoint()).isEqualTo(trained.checkpoint());
    assertThat(placed.base()).isEmpty();
    assertThat(List.of(placed.parentVersion(), placed.lineage(), placed.step()))
        .containsExactly(3L, 5L, 91L);
    PolicyProvenance provenance = placed.provenance();
    assertThat(provenance.origin()).isEqualTo("moved");
    assertThat(List.of(provenance.fromMinibatch(), provenance.toMinibatch()))
        .containsExactly(17L, 17L);
    assertThat(provenance.config()).isEqualTo(trained.provenance().config());
    assertThat(provenance.gate()).isEqualTo(trained.provenance().gate());
    MovedRelease from =
        ReleaseManifest.fromJson(placed.toJson()).provenance().origins().orElseThrow();
    assertThat(from.cluster()).isEqualTo(CLUSTER);
    assertThat(from.version()).isEqualTo(12);
    assertThat(ReleaseManifest.fromJson(from.manifestBytes())).isEqualTo(trained);
  }

  @Test
  void asTheFirstReleaseOfALogItKeepsItsStep() {
    assertThat(file(trained.toJson()).placed(Placement.FIRST).step()).isEqualTo(40);
  }

  @Test
  void refusesWhatWasChangedCutOffOrSignedByOthers() {
    byte[] bytes = file(trained.toJson()).toBytes();
    assertThatThrownBy(() -> ReleaseFile.read("r.zip", Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("r.zip")
        .hasMessageContaining("Export the release again");
    assertThatThrownBy(() -> ReleaseFile.read("r.zip", ARTIFACT))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("policy export");
    byte[] other = ARTIFACT.clone();
    other[other.length - 30]++;
    assertThatThrownBy(() -> ReleaseFile.of(CLUSTER, 12, trained.toJson(), key.sign(other), other))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("SHA-256");
    TrustedKeys others = TrustedKeys.of(SigningKey.generate(new SecureRandom()).trusted());
    assertThatThrownBy(() -> ReleaseFile.read("r.zip", bytes).verify(others))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("not trusted");
  }

  /** The version that a file states is signed by nobody: any other would pass under it. */
  @Test
  void aKeyThatWasRotatedOutVouchesForNoFile() {
    ReleaseFile file = file(trained.toJson());
    TrustedKey rotated = new TrustedKey(key.trusted().id(), key.trusted().publicKey(), 4711, "");
    ReleaseFile unsigned =
        ReleaseFile.of(CLUSTER, 0, trained.toJson(), ReleaseSignature.NONE, ARTIFACT);

    assertThatThrownBy(() -> file.verify(TrustedKeys.of(rotated)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("not trusted");
    assertThatThrownBy(() -> unsigned.verify(new TrustedKeys(List.of(key.trusted()), 12)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("not signed");
    unsigned.verify(TrustedKeys.UNSIGNED);
  }

  @Test
  void refusesASourceThatIsNone() {
    assertThatThrownBy(
            () -> ReleaseFile.of(" ", 12, trained.toJson(), key.sign(ARTIFACT), ARTIFACT))
        .hasMessageContaining("cluster id");
  }

  private ReleaseFile file(byte[] manifest) {
    return ReleaseFile.of(CLUSTER, 12, manifest, key.sign(manifest), ARTIFACT);
  }
}
