package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.network.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code config.json} and {@code tokenizer.json} of a model that somebody downloaded. */
class ModelFilesFuzz {
  private static final Path FOLDER = Parts.folder("model");
  private static final Path TOKENIZER = FOLDER.resolve("tokenizer.json");
  private static final String WORDS = " [^ ]+";
  private static final String TEXT = "Red Sofa 3-seat größe";

  static Stream<byte[]> seeds() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode llama = ModelConfig.of(NetworkConfig.demo());
    ObjectNode qwen = llama.deepCopy().put("model_type", "qwen2");
    qwen.putArray("architectures").add("Qwen2ForCausalLM");
    qwen.putObject("rope_scaling")
        .put("rope_type", "llama3")
        .put("factor", 8.0)
        .put("low_freq_factor", 1.0)
        .put("high_freq_factor", 4.0)
        .put("original_max_position_embeddings", 8192);
    List<byte[]> pieces =
        IntStream.range(0, 256).mapToObj(value -> new byte[] {(byte) value}).toList();
    byte[] tokenizer =
        json.writeValueAsBytes(TokenizerWriter.json(Tokenizer.of(pieces, Pattern.compile(WORDS))));
    return Stream.of(
        Parts.join(List.of(json.writeValueAsBytes(llama), tokenizer)),
        Parts.join(List.of(json.writeValueAsBytes(qwen), tokenizer)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    List<byte[]> parts = Parts.of(input, 2);
    Files.write(FOLDER.resolve(ModelConfig.FILE), parts.get(0));
    Files.write(TOKENIZER, parts.get(1));
    Bounds.within(
        input.length,
        () -> {
          config();
          tokenizer();
        });
  }

  private static void config() throws IOException {
    try {
      NetworkConfig network = ModelConfig.read(FOLDER);
      assertThat(network.parameterShapes()).isNotEmpty();
      assertThat(NetworkConfig.fromProperties(network.toProperties())).isEqualTo(network);
    } catch (UnsupportedModelException e) {
      Bounds.requireNamed(e, ModelConfig.FILE);
    }
  }

  private static void tokenizer() throws IOException {
    try {
      PolicyTokens tokens = TokenizerReader.read(TOKENIZER, 1_000);
      assertThat(Arrays.stream(tokens.originals()).filter(id -> id < 0 || id >= 1_000)).isEmpty();
      assertThat(tokens.originals()).hasSize(tokens.tokenizer().vocabularySize());
      Optional<String> decoded = tokens.tokenizer().decode(tokens.tokenizer().encode(TEXT));
      if (tokens.tokenizer().words().pattern().equals(WORDS)) {
        assertThat(decoded).contains(QueryText.normalise(TEXT));
      }
    } catch (UnsupportedModelException e) {
      Bounds.requireNamed(e, TOKENIZER.toString());
    }
  }
}
