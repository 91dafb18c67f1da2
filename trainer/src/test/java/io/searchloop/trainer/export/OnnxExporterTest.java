package io.searchloop.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TinyNetworks;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxExporterTest {

  @BeforeAll
  static void initialise() {
    LibTorch.initialise(1);
  }

  @Test
  void prefillAndCachedDecodeEqualLibtorch() {
    for (NetworkConfig config :
        new NetworkConfig[] {
          TinyNetworks.PLAIN,
          TinyNetworks.GROUPED,
          TinyNetworks.BIASED,
          TinyNetworks.UNTIED,
          NetworkConfig.demo()
        }) {
      try (PolicyNetwork network = sharpened(config)) {
        byte[] onnx = OnnxExporter.export(network, Map.of());

        assertThat(ExportParity.check(network, onnx, new SplittableRandom(3)))
            .as("%s", config)
            .isLessThanOrEqualTo(ExportParity.TOLERANCE);
      }
    }
  }

  @Test
  void parityNoticesAWeightThatChangedAfterTheExport() {
    try (PolicyNetwork network = sharpened(TinyNetworks.GROUPED)) {
      byte[] onnx = OnnxExporter.export(network, Map.of());
      Tensors.updateInPlace(
          () -> weight(network, "model.layers.1.self_attn.v_proj.weight").mul_(new Scalar(1.1)));

      assertThatThrownBy(() -> ExportParity.check(network, onnx, new SplittableRandom(3)))
          .isInstanceOf(ParityException.class)
          .hasMessageContaining("tokens [3, 24, time 24] over past 0, vocabulary 32")
          .hasMessageContaining("differ by");
    }
  }

  @Test
  void parityNoticesWeightsThatAreNotNumbers() {
    try (PolicyNetwork network = sharpened(TinyNetworks.PLAIN)) {
      Tensors.updateInPlace(
          () -> weight(network, NetworkConfig.FINAL_NORM).fill_(new Scalar(Double.NaN)));
      byte[] onnx = OnnxExporter.export(network, Map.of());

      assertThatThrownBy(() -> ExportParity.check(network, onnx, new SplittableRandom(3)))
          .isInstanceOf(ParityException.class)
          .hasMessageContaining("differ by NaN");
    }
  }

  @Test
  void parityRefusesBytesThatAreNoGraph() {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 1)) {
      assertThatThrownBy(
              () -> ExportParity.check(network, new byte[] {1, 2, 3}, new SplittableRandom(3)))
          .isInstanceOf(ParityException.class)
          .hasMessageContaining("cannot run the exported graph of 3 bytes");
    }
  }

  @Test
  void graphDeclaresTheContractWithTheWorkers() throws OrtException {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.GROUPED, 1);
        OrtSession session = session(network, Map.of("release", "r-1"))) {
      assertThat(info(session.getInputInfo(), "tokens").type).isEqualTo(OnnxJavaType.INT64);
      assertThat(info(session.getInputInfo(), "tokens").getShape()).containsExactly(-1, -1);
      assertThat(info(session.getInputInfo(), "lengths").getShape()).containsExactly(-1);
      assertThat(info(session.getInputInfo(), "scored").getShape()).containsExactly(-1);
      assertThat(info(session.getOutputInfo(), "logits").getShape()).containsExactly(-1, 32);
      for (int slab = 0; slab < 4; slab++) {
        assertThat(info(session.getInputInfo(), "past." + slab).getShape())
            .containsExactly(-1, 2, -1, 4);
        assertThat(info(session.getOutputInfo(), "fresh." + slab).getShape())
            .containsExactly(-1, 2, -1, 4);
      }
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("release", "r-1")
          .containsEntry("network.layers", "2");
    }
  }

  @Test
  void parityNoticesARowThatSeesBeyondItsOwnTokens() throws OrtException {
    try (PolicyNetwork network = sharpened(TinyNetworks.GROUPED)) {
      byte[] onnx = OnnxExporter.export(network, Map.of());
      long[][] tokens = {{1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1}, {1, 3, 5, 2, 4, 6}};
      float[] expected = logits(network, tokens);
      NetworkConfig config = network.config();

      assertThat(new RaggedParity(config, tokens, expected).largestDifference(onnx))
          .isLessThanOrEqualTo(ExportParity.TOLERANCE);
      assertThat(new RaggedParity(config, tokens, expected).largestDifference(unmasked(onnx)))
          .isGreaterThan(.01);
    }
  }

  /** The graph without the mask of what a row has not filled. */
  private static byte[] unmasked(byte[] onnx) {
    OnnxMl.ModelProto.Builder model = OnnxGraph.read(onnx).toBuilder();
    for (OnnxMl.NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("GreaterOrEqual")) {
        node.setOpType("Less"); // hides what is filled, shows what is not
      }
    }
    return model.build().toByteArray();
  }

  @Test
  void networkThatOneFileCannotHoldIsRefused() {
    OnnxExporter.requireOneFile(NetworkConfig.demo());
    NetworkConfig billion = new NetworkConfig(128_000, 2048, 16, 32, 8, 8192, 512, 500_000, 1e-5);

    assertThatThrownBy(() -> OnnxExporter.requireOneFile(billion))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at most 2,000,000,000");
  }

  @Test
  void equalNetworksGiveEqualBytes() {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 1);
        PolicyNetwork same = PolicyNetwork.initialise(TinyNetworks.PLAIN, 1)) {
      assertThat(OnnxExporter.export(network, Map.of("a", "b")))
          .isEqualTo(OnnxExporter.export(same, Map.of("a", "b")));
    }
  }

  private static OrtSession session(PolicyNetwork network, Map<String, String> metadata)
      throws OrtException {
    return OrtEnvironment.getEnvironment()
        .createSession(OnnxExporter.export(network, metadata), new OrtSession.SessionOptions());
  }

  private static TensorInfo info(Map<String, NodeInfo> nodes, String name) {
    return (TensorInfo) nodes.get(name).getInfo();
  }

  /** A network whose attention is decided, as after training; a fresh one hides mistakes in it. */
  private static PolicyNetwork sharpened(NetworkConfig config) {
    PolicyNetwork network = PolicyNetwork.initialise(config, 1);
    Tensors.updateInPlace(
        () ->
            network
                .parameters()
                .forEach(
                    (name, weight) -> {
                      if (name.endsWith(".bias")) {
                        weight.uniform_(-1, 1, new GeneratorOptional());
                      } else if (name.contains("_proj")) {
                        weight.mul_(new Scalar(8.0));
                      }
                    }));
    return network;
  }

  private static float[] logits(PolicyNetwork network, long[][] tokens) {
    try (PointerScope scope = new PointerScope()) {
      long[] flat = Arrays.stream(tokens).flatMapToLong(Arrays::stream).toArray();
      return Tensors.withoutGradient(
          () ->
              Tensors.toFloats(
                  network.logits(Tensors.ofLongs(flat, tokens.length, tokens[0].length))));
    }
  }

  private static Tensor weight(PolicyNetwork network, String name) {
    return network.parameters().get(name);
  }
}
