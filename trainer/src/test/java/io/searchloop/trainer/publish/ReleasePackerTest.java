package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.release.WeightSpan;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReleasePackerTest {
  private static final NetworkConfig CONFIG =
      new NetworkConfig(300, 64, 2, 4, 2, 128, 32, 10_000, 1e-5);
  private static final Tokenizer TOKENIZER = BytePairTrainer.train(List.of("shoes"), 270);
  private static final PolicySpec SPEC = new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 16, 16, 8);

  @BeforeAll
  static void libTorch() {
    LibTorch.initialise(1);
  }

  @Test
  void aReleaseTravelsAsADeltaUponTheOneBefore() {
    ReleasePacker packer = new ReleasePacker(16, 2);
    byte[] base = artifact(1, "1", GraphPrecision.BF16);
    byte[] next = artifact(1, "another step", GraphPrecision.BF16);
    publish(packer, 3, base);

    PackedRelease packed = packer.pack(next);

    assertThat(packed.base())
        .contains(new ReleaseBase(3, Sha256.of(base), 1, packed.carried().length));
    assertThat(packed.carried().length).isLessThan(next.length / 100);
    assertThat(PolicyDelta.apply(packed.baseArtifact(), packed.carried(), next.length))
        .isEqualTo(next);
  }

  @Test
  void weightsThatAllChangedComeBackByteByByte() {
    ReleasePacker packer = new ReleasePacker(16, 2);
    byte[] next = artifact(2, "2", GraphPrecision.BF16);
    publish(packer, 3, artifact(1, "1", GraphPrecision.BF16));

    PackedRelease packed = packer.pack(next);

    assertThat(packed.base()).isPresent();
    assertThat(PolicyDelta.apply(packed.baseArtifact(), packed.carried(), next.length))
        .isEqualTo(next);
  }

  @Test
  void everyWeightOfARoundedGraphIsFound() {
    byte[] artifact = artifact(1, "1", GraphPrecision.BF16);

    PackedRelease packed = new ReleasePacker(16, 2).pack(artifact);

    assertThat((long) WeightSpan.count(packed.spans()))
        .isGreaterThanOrEqualTo(CONFIG.parameterCount());
  }

  @Test
  void aKeyframeComesWithEveryFewReleases() {
    ReleasePacker packer = new ReleasePacker(3, 2);
    StringBuilder kinds = new StringBuilder();
    for (int step = 0; step < 7; step++) {
      PackedRelease packed = publish(packer, step, artifact(1, "s" + step, GraphPrecision.BF16));
      kinds.append(packed.base().map(base -> "d" + base.depth()).orElse("k")).append(' ');
    }

    assertThat(kinds.toString().strip()).isEqualTo("k d1 d2 k d1 d2 k");
  }

  @Test
  void whatWouldSaveTooLittleTravelsWhole() {
    ReleasePacker packer = new ReleasePacker(16, .01);
    publish(packer, 3, artifact(1, "1", GraphPrecision.BF16));

    assertThat(packer.pack(artifact(2, "2", GraphPrecision.BF16)).base()).isEmpty();
  }

  @Test
  void exactWeightsTravelWhole() {
    ReleasePacker packer = new ReleasePacker(16, 2);
    publish(packer, 3, artifact(1, "1", GraphPrecision.FP32));

    assertThat(packer.pack(artifact(1, "2", GraphPrecision.FP32)).base()).isEmpty();
  }

  @Test
  void aLineageBeginsWithAKeyframe() {
    ReleasePacker packer = new ReleasePacker(16, 2);
    publish(packer, 3, artifact(1, "1", GraphPrecision.BF16));
    packer.forget();

    assertThat(packer.pack(artifact(1, "2", GraphPrecision.BF16)).base()).isEmpty();
  }

  private static PackedRelease publish(ReleasePacker packer, long version, byte[] artifact) {
    PackedRelease packed = packer.pack(artifact);
    packer.released(version, Sha256.of(artifact), packed);
    return packed;
  }

  private static byte[] artifact(long seed, String step, GraphPrecision precision) {
    try (PolicyNetwork network = PolicyNetwork.initialise(CONFIG, seed)) {
      byte[] exact = OnnxExporter.export(network, Map.of("release.step", step));
      return new PolicyArtifact(SPEC, TOKENIZER, ReducedGraph.of(exact, precision)).toBytes();
    }
  }
}
