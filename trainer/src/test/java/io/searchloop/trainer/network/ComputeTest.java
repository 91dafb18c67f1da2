package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComputeTest {
  private static final NetworkConfig CONFIG = TinyNetworks.GROUPED;
  private static final List<int[]> PROMPTS =
      List.of(new int[] {1, 9, 2}, new int[] {1, 9, 2}, new int[] {1, 2});
  private static final List<int[]> RESPONSES =
      List.of(new int[] {5, 3}, new int[] {6, 6, 3}, new int[] {7, 8, 6, 3});

  @BeforeEach
  void oneThread() {
    LibTorch.initialise(1);
  }

  @Test
  void recomputedLayersGiveTheSameGradientsBitForBit() {
    Result kept = result(Compute.DEFAULT);
    Result recomputed = result(new Compute(Precision.FP32, true));

    assertThat(recomputed.logProbs).isEqualTo(kept.logProbs);
    assertThat(recomputed.gradients.keySet()).isEqualTo(kept.gradients.keySet()).hasSize(20);
    kept.gradients.forEach(
        (name, gradient) ->
            assertThat(recomputed.gradients.get(name)).as(name).isEqualTo(gradient));
  }

  @Test
  void recomputedLayersKeepLessUntilTheGradientIsComputed() {
    // Nothing in the graph of a recomputed network is older than the head: its input is a leaf.
    try (PointerScope scope = new PointerScope();
        PolicyNetwork network =
            PolicyNetwork.initialise(CONFIG, new Compute(Precision.FP32, true), 7)) {
      Tensor logits = network.responseLogits(SequenceBatch.of(PROMPTS, RESPONSES));
      Tensor embedding = PolicyNetwork.parameter(network.parameters(), NetworkConfig.EMBEDDING);
      Tensor query =
          PolicyNetwork.parameter(network.parameters(), "model.layers.0.self_attn.q_proj.weight");

      assertThat(logits.requires_grad()).isTrue();
      assertThat(query.grad().defined()).isFalse();
      logits.sum().backward();
      assertThat(query.grad().norm().item_double()).isPositive();
      assertThat(embedding.grad().norm().item_double()).isPositive();
    }
  }

  @Test
  void bfloat16KeepsWeightsAndGradientsInFloat32AndComesClose() {
    Result exact = result(Compute.DEFAULT);
    Result rounded = result(new Compute(Precision.BF16, false));

    assertThat(rounded.logProbs).containsExactly(exact.logProbs, within(.02));
    assertThat(rounded.logProbs).isNotEqualTo(exact.logProbs);
    exact.gradients.forEach(
        (name, gradient) ->
            assertThat(cosine(gradient, rounded.gradients.get(name))).as(name).isGreaterThan(.99));
  }

  @Test
  void logitsThatTheExportIsComparedWithStayFloat32() {
    try (PointerScope scope = new PointerScope();
        PolicyNetwork exact = PolicyNetwork.initialise(CONFIG, 7);
        PolicyNetwork rounded =
            PolicyNetwork.initialise(CONFIG, new Compute(Precision.BF16, false), 7)) {
      Tensor tokens = TinyNetworks.tokens(new SplittableRandom(1), CONFIG, 2, 5);

      assertThat(Tensors.toDoubles(rounded.logits(tokens)))
          .isEqualTo(Tensors.toDoubles(exact.logits(tokens)));
    }
  }

  @Test
  void answersThatTheGateComparesAreScoredInFloat32() {
    try (PolicyNetwork exact = PolicyNetwork.initialise(CONFIG, 7);
        PolicyNetwork rounded =
            PolicyNetwork.initialise(CONFIG, new Compute(Precision.BF16, false), 7);
        TokenMask everything = TokenMask.everything(4, CONFIG.vocabularySize())) {
      AnswerScorer scorer = new AnswerScorer(1, everything);

      assertThat(scorer.logProbs(rounded, PROMPTS, RESPONSES))
          .isDeepEqualTo(scorer.logProbs(exact, PROMPTS, RESPONSES));
    }
  }

  @Test
  void bfloat16IsRecomputedBitForBitToo() {
    Result kept = result(new Compute(Precision.BF16, false));
    Result recomputed = result(new Compute(Precision.BF16, true));

    kept.gradients.forEach(
        (name, gradient) ->
            assertThat(recomputed.gradients.get(name)).as(name).isEqualTo(gradient));
  }

  @Test
  void frozenCopyComputesAlike() {
    try (PointerScope scope = new PointerScope();
        PolicyNetwork network =
            PolicyNetwork.initialise(CONFIG, new Compute(Precision.BF16, true), 7);
        PolicyNetwork frozen = network.frozenCopy()) {
      SequenceBatch batch = SequenceBatch.of(PROMPTS, RESPONSES);

      assertThat(frozen.compute()).isEqualTo(network.compute());
      assertThat(Tensors.toDoubles(frozen.responseLogits(batch)))
          .isEqualTo(Tensors.toDoubles(network.responseLogits(batch)));
    }
  }

  private record Result(double[] logProbs, Map<String, double[]> gradients) {}

  private static Result result(Compute compute) {
    try (PointerScope scope = new PointerScope();
        PolicyNetwork network = PolicyNetwork.initialise(CONFIG, compute, 7);
        TokenMask everything = TokenMask.everything(4, CONFIG.vocabularySize())) {
      SequenceBatch batch = SequenceBatch.of(PROMPTS, RESPONSES);
      Tensor logProbs = new ResponseScorer(1, everything).score(network, batch).logProbs();
      logProbs.square().sum().backward();
      Map<String, double[]> gradients = new TreeMap<>();
      network
          .parameters()
          .forEach(
              (name, parameter) -> {
                assertThat(parameter.grad().scalar_type().intern())
                    .isEqualTo(torch.ScalarType.Float);
                gradients.put(name, Tensors.toDoubles(parameter.grad()));
              });
      return new Result(Tensors.toDoubles(logProbs), gradients);
    }
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squaresOfA += a[i] * a[i];
      squaresOfB += b[i] * b[i];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
