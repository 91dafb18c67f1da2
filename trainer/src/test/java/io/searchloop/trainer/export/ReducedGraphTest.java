package io.searchloop.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
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

class ReducedGraphTest {
  private static final NetworkConfig CONFIG =
      new NetworkConfig(200, 64, 2, 4, 2, 128, 32, 10_000, 1e-5);

  private PolicyNetwork network;
  private byte[] exact;

  @BeforeEach
  void export() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(CONFIG, 1);
    // Attention and logits that are decided, as after training.
    Tensors.updateInPlace(
        () -> network.parameters().values().forEach(w -> w.mul_(new Scalar(3.0))));
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

  @Test
  void decodesOverItsCacheAsTheExactGraphDoes() {
    byte[] reduced = ReducedGraph.of(exact, GraphPrecision.FP16);
    int[] tokens = sequences().get(0);
    try (GraphDecoding whole = new GraphDecoding(CONFIG, reduced, 1);
        GraphDecoding pieces = new GraphDecoding(CONFIG, reduced, 1)) {
      float[] expected = whole.advance(new int[][] {tokens});
      float[] found = new float[0];
      for (int token : tokens) {
        found = pieces.advance(new int[][] {{token}});
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-4f));
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
    assertThat(largestError(exact)).isZero();
    assertThat(largestError(ReducedGraph.of(exact, GraphPrecision.FP16))).isBetween(1e-9, 1e-3);
    assertThat(largestError(ReducedGraph.of(exact, GraphPrecision.INT8))).isBetween(1e-9, 1e-2);
  }

  /** Largest difference of a weight that came back, relative to the largest weight. */
  private double largestError(byte[] onnx) {
    try (PolicyNetwork loaded = PolicyNetwork.initialise(CONFIG, 9)) {
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
