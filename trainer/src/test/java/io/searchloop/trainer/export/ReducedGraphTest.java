package io.searchloop.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.RopeScaling;
import io.searchloop.trainer.network.Tensors;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReducedGraphTest {
  private static final NetworkConfig CONFIG =
      new NetworkConfig(200, 64, 2, 4, 2, 128, 32, 10_000, 1e-5);

  private PolicyNetwork network;
  private byte[] exact;

  @BeforeEach
  void export() {
    LibTorch.initialise(1);
    network = decided(CONFIG);
    exact = OnnxExporter.export(network, Map.of("release.step", "7"));
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void halvesTheBytesAndLosesNextToNothing() {
    byte[] reduced = ReducedGraph.of(exact, GraphPrecision.FP16);

    PrecisionLoss loss = PrecisionLoss.of(CONFIG, exact, reduced, sequences());
    assertThat(loss.kl()).isBetween(0.0, 1e-5);
    assertThat(loss.largestLogitDifference()).isPositive();
    assertThat(reduced.length).isLessThan((int) (exact.length * .6));
  }

  @Test
  void quartersTheBytesAndLosesLittle() {
    byte[] reduced = ReducedGraph.of(exact, GraphPrecision.INT8);

    PrecisionLoss loss = PrecisionLoss.of(CONFIG, exact, reduced, sequences());
    assertThat(loss.kl()).isBetween(1e-9, .01);
    assertThat(reduced.length).isLessThan((int) (exact.length * .4));
  }

  /** Qwen2.5's large models, and its small ones, which tie the head. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void biasesAndAHeadOfItsOwnAreReducedAlike(boolean tiedHead) {
    NetworkConfig config =
        new NetworkConfig(
            200, 64, 2, 4, 2, 128, 32, 1e6, 1e-6, 24, true, tiedHead, RopeScaling.NONE);
    try (PolicyNetwork qwen = decided(config)) {
      byte[] graph = OnnxExporter.export(qwen, Map.of());

      PrecisionLoss half =
          PrecisionLoss.of(config, graph, ReducedGraph.of(graph, GraphPrecision.FP16), sequences());
      PrecisionLoss bytes =
          PrecisionLoss.of(config, graph, ReducedGraph.of(graph, GraphPrecision.INT8), sequences());

      assertThat(half.kl()).isBetween(0.0, 1e-5);
      assertThat(half.largestLogitDifference()).isPositive();
      assertThat(bytes.kl()).isBetween(1e-9, .01);
      for (GraphPrecision precision : GraphPrecision.values()) {
        byte[] reduced = ReducedGraph.of(graph, precision);
        assertThat(largestError(qwen, reduced)).as("%s", precision).isLessThan(1e-2);
        requireCachedDecodingToAgree(config, reduced, precision == GraphPrecision.INT8 ? 1 : 1e-4);
      }
    }
  }

  @Test
  void decodesOverItsCacheAsTheExactGraphDoes() {
    requireCachedDecodingToAgree(CONFIG, ReducedGraph.of(exact, GraphPrecision.FP16), 1e-4);
  }

  private static void requireCachedDecodingToAgree(
      NetworkConfig config, byte[] graph, double tolerance) {
    int[] tokens = sequences().get(0);
    try (GraphDecoding whole = new GraphDecoding(config, graph, 1);
        GraphDecoding pieces = new GraphDecoding(config, graph, 1)) {
      float[] expected = whole.advance(new int[][] {tokens});
      float[] found = new float[0];
      for (int token : tokens) {
        found = pieces.advance(new int[][] {{token}});
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within((float) tolerance));
      }
    }
  }

  @Test
  void saysWhatItIsAndKeepsWhatItWasTold() {
    byte[] reduced = ReducedGraph.of(exact, GraphPrecision.INT8);

    assertThat(GraphPrecision.of(exact)).isEqualTo(GraphPrecision.FP32);
    assertThat(GraphPrecision.of(reduced)).isEqualTo(GraphPrecision.INT8);
    assertThat(GraphPrecision.properties(reduced))
        .containsEntry("release.step", "7")
        .containsEntry("network.layers", "2");
    assertThat(ReducedGraph.of(exact, GraphPrecision.FP32)).isSameAs(exact);
  }

  @Test
  void equalGraphsGiveEqualBytes() {
    for (GraphPrecision precision : GraphPrecision.values()) {
      assertThat(ReducedGraph.of(exact, precision)).isEqualTo(ReducedGraph.of(exact, precision));
    }
  }

  @Test
  void weightsComeBackExactlyFromFloat32AndRoundedFromLess() {
    assertThat(largestError(network, exact)).isZero();
    assertThat(largestError(network, ReducedGraph.of(exact, GraphPrecision.FP16)))
        .isBetween(1e-9, 1e-3);
    assertThat(largestError(network, ReducedGraph.of(exact, GraphPrecision.INT8)))
        .isBetween(1e-9, 1e-2);
  }

  /** Attention and logits that are decided, as after training; biases are not zero. */
  private static PolicyNetwork decided(NetworkConfig config) {
    PolicyNetwork network = PolicyNetwork.initialise(config, 1);
    Tensors.updateInPlace(
        () ->
            network
                .parameters()
                .forEach(
                    (name, w) -> {
                      w.mul_(new Scalar(3.0));
                      if (name.endsWith(".bias")) {
                        w.add_(new Scalar(.5));
                      }
                    }));
    return network;
  }

  /** Largest difference of a weight that came back, relative to the largest weight. */
  private static double largestError(PolicyNetwork network, byte[] onnx) {
    try (PolicyNetwork loaded = PolicyNetwork.initialise(network.config(), 9)) {
      ReleasedWeights.load(onnx, loaded);
      double largest = 0;
      for (String name : network.parameters().keySet()) {
        float[] expected = Tensors.toFloats(network.parameters().get(name));
        float[] found = Tensors.toFloats(loaded.parameters().get(name));
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
          scale = Math.max(scale, Math.abs(expected[i]));
          error = Math.max(error, Math.abs((double) expected[i] - found[i]));
        }
        largest = Math.max(largest, error / scale);
      }
      return largest;
    }
  }

  private static List<int[]> sequences() {
    RandomGenerator random = new SplittableRandom(4);
    return IntStream.range(0, 8)
        .mapToObj(i -> random.ints(16, 0, CONFIG.vocabularySize()).toArray())
        .toList();
  }
}
