package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyNetworkTest {
  private static final NetworkConfig CONFIG = TinyNetworks.GROUPED;
  private static final int K_PROJ_ROWS = 8; // Two key-value heads of four features.

  private PointerScope scope;
  private PolicyNetwork network;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(CONFIG, 7);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
    network.close();
  }

  @Test
  void shapesFollowBatchTimeAndVocabulary() {
    Tensor tokens = TinyNetworks.tokens(new SplittableRandom(1), CONFIG, 3, 5);

    assertThat(network.hidden(tokens).shape()).containsExactly(3, 5, 16);
    assertThat(network.logits(tokens).shape()).containsExactly(3, 5, 32);
    assertThat(weight(network, "model.layers.1.self_attn.k_proj.weight").shape())
        .containsExactly(K_PROJ_ROWS, 16);
  }

  @Test
  void parametersCarryLlamaNamesInStoredOrder() {
    assertThat(network.parameters().keySet())
        .startsWith("model.embed_tokens.weight", "model.layers.0.input_layernorm.weight")
        .endsWith("model.layers.1.mlp.down_proj.weight", "model.norm.weight")
        .hasSize(20);
  }

  @Test
  void qwen2LayoutHasBiasesThatBeginAtZeroAndCount() {
    try (PolicyNetwork qwen = PolicyNetwork.initialise(TinyNetworks.BIASED, 7)) {
      Tensor tokens = TinyNetworks.tokens(new SplittableRandom(1), qwen.config(), 2, 8);
      Tensor bias = weight(qwen, "model.layers.0.self_attn.q_proj.bias");
      float[] before = Tensors.toFloats(qwen.logits(tokens));

      assertThat(bias.shape()).containsExactly(24);
      assertThat(Tensors.toFloats(bias)).containsOnly(0);
      Tensors.updateInPlace(() -> bias.fill_(new Scalar(3.0)));
      assertThat(Tensors.toFloats(qwen.logits(tokens))).isNotEqualTo(before);
    }
  }

  @Test
  void untiedHeadAloneGivesTheLogits() {
    try (PolicyNetwork llama = PolicyNetwork.initialise(TinyNetworks.UNTIED, 7)) {
      Tensor tokens = TinyNetworks.tokens(new SplittableRandom(1), llama.config(), 1, 4);

      Tensors.updateInPlace(() -> weight(llama, NetworkConfig.HEAD).zero_());

      assertThat(Tensors.toFloats(llama.logits(tokens))).containsOnly(0);
    }
  }

  @Test
  void sameSeedGivesSameWeightsAndAnotherSeedOthers() {
    try (PolicyNetwork same = PolicyNetwork.initialise(CONFIG, 7);
        PolicyNetwork other = PolicyNetwork.initialise(CONFIG, 8)) {
      float[] weights = Tensors.toFloats(weight(network, NetworkConfig.EMBEDDING));
      assertThat(Tensors.toFloats(weight(same, NetworkConfig.EMBEDDING))).isEqualTo(weights);
      assertThat(Tensors.toFloats(weight(other, NetworkConfig.EMBEDDING))).isNotEqualTo(weights);
    }
  }

  @Test
  void logitsOfAFreshNetworkVaryAsTheirInitialisationSays() {
    try (PolicyNetwork demo = PolicyNetwork.initialise(NetworkConfig.demo(), 1)) {
      Tensor tokens = TinyNetworks.tokens(new SplittableRandom(2), demo.config(), 4, 8);

      // A normed row has length sqrt(128), an embedding weight deviation .02: together .226.
      assertThat(demo.logits(tokens).std(true).item_double()).isCloseTo(.226, within(.02));
    }
  }

  @Test
  void laterTokensNeverChangeEarlierLogits() {
    Tensor tokens = TinyNetworks.tokens(new SplittableRandom(3), CONFIG, 1, 6);
    float[] before = Tensors.toFloats(network.logits(tokens).narrow(1, 0, 5));

    tokens.select(1, 5).fill_(new Scalar((tokens.select(1, 5).item_long() + 1) % 32));

    assertThat(Tensors.toFloats(network.logits(tokens).narrow(1, 0, 5)))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(before);
  }

  @Test
  void orderOfEarlierTokensMatters() {
    Tensor forwards = Tensors.ofLongs(new long[] {1, 2, 3}, 1, 3);
    Tensor backwards = Tensors.ofLongs(new long[] {2, 1, 3}, 1, 3);

    assertThat(
            network
                .logits(forwards)
                .select(1, 2)
                .sub(network.logits(backwards).select(1, 2))
                .norm()
                .item_double())
        .isGreaterThan(1e-6);
  }

  @Test
  void frozenCopyKeepsItsWeightsWhileTheNetworkLearns() {
    try (PolicyNetwork frozen = network.frozenCopy()) {
      float[] before = Tensors.toFloats(weight(frozen, NetworkConfig.FINAL_NORM));

      Tensors.updateInPlace(() -> weight(network, NetworkConfig.FINAL_NORM).fill_(new Scalar(2.0)));

      assertThat(Tensors.toFloats(weight(frozen, NetworkConfig.FINAL_NORM))).isEqualTo(before);
      assertThat(weight(frozen, NetworkConfig.FINAL_NORM).requires_grad()).isFalse();
    }
  }

  @Test
  void restoredNetworkComputesTheSame() {
    Tensor tokens = TinyNetworks.tokens(new SplittableRandom(4), CONFIG, 2, 4);
    try (PolicyNetwork restored = PolicyNetwork.restore(CONFIG, network.parameters())) {
      assertThat(Tensors.toFloats(restored.logits(tokens)))
          .isEqualTo(Tensors.toFloats(network.logits(tokens)));
      assertThat(weight(restored, NetworkConfig.EMBEDDING).requires_grad()).isTrue();
    }
  }

  @Test
  void loadNamesEveryWeightThatDoesNotFitAndChangesNothing() {
    Map<String, Tensor> weights = new LinkedHashMap<>(network.parameters());
    weights.remove("model.layers.0.mlp.up_proj.weight");
    weights.put(NetworkConfig.FINAL_NORM, torch.zeros(17));
    weights.put("lm_head.weight", torch.zeros(32, 16));
    float[] before = Tensors.toFloats(weight(network, NetworkConfig.FINAL_NORM));

    assertThatThrownBy(() -> network.load(weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`model.layers.0.mlp.up_proj.weight` is missing")
        .hasMessageContaining("`model.norm.weight` is [17], expected [16]")
        .hasMessageContaining("`lm_head.weight` is unknown");
    assertThat(Tensors.toFloats(weight(network, NetworkConfig.FINAL_NORM))).isEqualTo(before);
  }

  @Test
  void sequenceBeyondMaxPositionsIsRefused() {
    Tensor tokens = TinyNetworks.tokens(new SplittableRandom(5), CONFIG, 1, 33);

    assertThatThrownBy(() -> network.hidden(tokens))
        .hasMessageContaining("[1, 33]")
        .hasMessageContaining("at most 32");
  }

  @Test
  void rotaryTurnsByTheAngleOfThePosition() {
    NetworkConfig oneHeadOfTwo = new NetworkConfig(8, 2, 1, 1, 1, 4, 4, 10_000, 1e-5);
    try (RotaryEmbedding rotary = new RotaryEmbedding(oneHeadOfTwo)) {
      Tensor tokens = Tensors.ofLongs(new long[] {5, 6}, 1, 2);

      Tensor turned =
          rotary
              .angles(TokenRows.causal(tokens))
              .turn(Tensors.ofFloats(new float[] {1, 0, 1, 0}, 1, 1, 2, 2));

      assertThat(Tensors.toDoubles(turned))
          .containsExactly(new double[] {1, 0, Math.cos(1), Math.sin(1)}, within(1e-6));
    }
  }

  private static Tensor weight(PolicyNetwork network, String name) {
    return PolicyNetwork.parameter(network.parameters(), name);
  }
}
