package io.searchloop.trainer.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.export.NetworkLogits;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.RopeScaling;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedPolicyTest {
  private static final Tokenizer TOKENIZER = BytePairTrainer.train(List.of("ps4 games"), 262);
  private static final RopeScaling STRETCHED =
      new RopeScaling(RopeScaling.Kind.LLAMA3, 8, 1, 4, 16);

  @TempDir private Path path;

  @BeforeEach
  void initialise() {
    LibTorch.initialise(1);
  }

  @ParameterizedTest
  @CsvSource({"false, true", "false, false", "true, true", "true, false"})
  void everyShapeIsReadBackAndIsACheckpointOfHuggingFaceToo(boolean biased, boolean tied) {
    NetworkConfig config =
        new NetworkConfig(
            TOKENIZER.vocabularySize(), 16, 2, 4, 2, 24, 48, 1e6, 1e-6, 6, biased, tied, STRETCHED);
    try (WarmStart policy = policy(config)) {
      TrainedPolicy.write(path, policy, policy.network(), provenance());

      try (WarmStart read = TrainedPolicy.read(PolicyDirectory.open(path));
          PolicyNetwork checkpoint = new HuggingFaceDirectory(path).readNetwork()) {
        assertThat(TrainingState.fingerprint(read.network()))
            .isEqualTo(TrainingState.fingerprint(policy.network()));
        assertThat(logits(checkpoint)).isEqualTo(logits(policy.network()));
      }
    }
  }

  private static WarmStart policy(NetworkConfig config) {
    PolicyNetwork network = PolicyNetwork.initialise(config, 3);
    // Biases are zero at first, and would not be missed.
    Tensors.updateInPlace(
        () -> network.parameters().values().forEach(weight -> weight.add_(new Scalar(.01))));
    return new WarmStart(
        network,
        TOKENIZER,
        new PolicySpec(PolicySpec.FORMAT, config.vocabularySize(), 2, 2, 6, 32, 16),
        List.of("ps4"),
        Map.of("validity", 1.0));
  }

  private static PolicyProvenance provenance() {
    return new PolicyProvenance("test", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0);
  }

  private static float[] logits(PolicyNetwork network) {
    try (NetworkLogits logits = new NetworkLogits(network)) {
      return logits.of(new int[] {1, 100, 200, 7, 2});
    }
  }
}
