package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.trainer.export.ExportParity;
import io.searchloop.trainer.export.GraphLogits;
import io.searchloop.trainer.export.LogitsSummary;
import io.searchloop.trainer.export.NetworkLogits;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that another implementation, in float64, has computed: every engine agrees. */
class IndependentLogitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-4;

  @BeforeAll
  static void initialise() {
    LibTorch.initialise(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-tiny", "qwen2-tiny"})
  void enginesAgreeWithTheIndependentImplementation(String name) throws IOException {
    Path directory = checkpoint(name);
    JsonNode expected = JSON.readTree(Files.readAllBytes(directory.resolve("expected.json")));
    List<int[]> sequences = new ArrayList<>();
    expected.get("input_ids").forEach(row -> sequences.add(JSON.convertValue(row, int[].class)));

    try (PolicyNetwork network = new HuggingFaceDirectory(directory).readNetwork()) {
      byte[] onnx = OnnxExporter.export(network, Map.of());
      try (NetworkLogits libtorch = new NetworkLogits(network);
          GraphLogits prefill = GraphLogits.prefill(network.config(), onnx);
          GraphLogits cached = GraphLogits.cached(network.config(), onnx)) {
        agree(LogitsSummary.of(libtorch, sequences), expected);
        agree(LogitsSummary.of(prefill, sequences), expected);
        agree(LogitsSummary.of(cached, sequences), expected);
      }
      assertThat(ExportParity.check(network, onnx, new SplittableRandom(5)))
          .isLessThanOrEqualTo(ExportParity.TOLERANCE);
    }
  }

  private static void agree(LogitsSummary found, JsonNode expected) {
    agree(found.logitsLast(), expected.get("logits_last"));
    agree(found.tokenLogProbs(), expected.get("token_logprobs"));
    double sum = expected.get("logits_sum_abs").asDouble();
    assertThat(found.logitsSumAbs()).isCloseTo(sum, within(TOLERANCE * sum));
  }

  private static void agree(double[][] found, JsonNode expectedJson) {
    double[][] expected = JSON.convertValue(expectedJson, double[][].class);
    assertThat(found).hasNumberOfRows(expected.length);
    for (int row = 0; row < expected.length; row++) {
      // Relative to the row: float32 cannot be exact to four digits in a logit that is nearly zero.
      double scale = Arrays.stream(expected[row]).map(Math::abs).average().orElseThrow();
      assertThat(found[row]).containsExactly(expected[row], within(TOLERANCE * scale));
    }
  }

  private static Path checkpoint(String name) {
    Path directory = Path.of(System.getProperty("searchloop.data", "../../shared/data"), name);
    assumeTrue(Files.isDirectory(directory), () -> "no checkpoint " + directory.toAbsolutePath());
    return directory;
  }
}
