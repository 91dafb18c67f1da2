package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command a person types, on checkpoints of ours and of others. */
class PolicyLogitsCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS =
      List.of("logits_last", "token_logprobs", "logits_sum_abs");
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path directory;

  @Test
  void enginesAgreeOnSequencesOfUnequalLength() throws IOException {
    LibTorch.initialise(1);
    NetworkConfig config = new NetworkConfig(32, 16, 2, 4, 2, 24, 32, 10_000, 1e-5);
    Path checkpoint = directory.resolve("checkpoint");
    try (PolicyNetwork network = PolicyNetwork.initialise(config, 3)) {
      new HuggingFaceDirectory(checkpoint).write(network);
    }
    Path ids = Files.writeString(directory.resolve("ids.json"), "{\"input_ids\":[[1,2,3],[4]]}");

    JsonNode libtorch = answer(checkpoint, ids, "--engine", "libtorch");

    assertThat(libtorch.fieldNames()).toIterable().containsExactlyElementsOf(KEYS);
    assertThat(libtorch.get("logits_last")).hasSize(2);
    assertThat(libtorch.get("token_logprobs").get(0)).hasSize(2);
    assertThat(libtorch.get("token_logprobs").get(1)).isEmpty();
    requireClose(answer(checkpoint, ids, "--engine", "onnx"), libtorch);
    requireClose(answer(checkpoint, ids, "--engine", "onnx", "--cached"), libtorch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-tiny", "qwen2-tiny"})
  void agreesWithAnIndependentImplementation(String name) throws IOException {
    Path checkpoint = Path.of(System.getProperty("searchloop.data", "../../shared/data"), name);
    assumeTrue(Files.isDirectory(checkpoint), () -> "no checkpoint " + checkpoint.toAbsolutePath());
    Path ids = checkpoint.resolve("expected.json");
    JsonNode expected = JSON.readTree(Files.readAllBytes(ids));

    requireClose(answer(checkpoint, ids), expected);
    requireClose(answer(checkpoint, ids, "--engine", "onnx"), expected);
    requireClose(answer(checkpoint, ids, "--engine", "onnx", "--cached"), expected);
  }

  @Test
  void refusesIdsOfAnotherForm() throws IOException {
    Path ids = Files.writeString(directory.resolve("ids.json"), "{\"tokens\":[1]}");

    assertThat(execute(directory, ids)).isEqualTo(ExitCode.USAGE);
  }

  private JsonNode answer(Path checkpoint, Path ids, String... more) throws IOException {
    assertThat(execute(checkpoint, ids, more)).isEqualTo(ExitCode.OK);
    return JSON.readTree(Files.readAllBytes(directory.resolve("out.json")));
  }

  private int execute(Path checkpoint, Path ids, String... more) {
    List<String> line = new ArrayList<>(List.of("policy", "logits"));
    line.addAll(List.of("--checkpoint", checkpoint.toString(), "--ids", ids.toString()));
    line.addAll(List.of("--out", directory.resolve("out.json").toString()));
    line.addAll(Arrays.asList(more));
    return Main.execute(line.toArray(String[]::new));
  }

  private static void requireClose(JsonNode found, JsonNode expected) {
    for (String key : KEYS) {
      double[] numbers = numbers(expected.get(key));
      double scale = Arrays.stream(numbers).map(Math::abs).average().orElseThrow();
      assertThat(numbers(found.get(key)))
          .as(key)
          .containsExactly(numbers, within(TOLERANCE * scale));
    }
  }

  private static double[] numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    if (node.isNumber()) {
      numbers.add(node.doubleValue());
    }
    node.forEach(child -> Arrays.stream(numbers(child)).forEach(numbers::add));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
