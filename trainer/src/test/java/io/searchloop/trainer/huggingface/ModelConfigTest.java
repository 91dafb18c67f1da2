package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.RopeScaling;
import io.searchloop.trainer.network.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void everyLayoutSurvivesWritingAndReading() throws IOException {
    for (NetworkConfig network :
        new NetworkConfig[] {
          TinyNetworks.PLAIN, TinyNetworks.GROUPED, TinyNetworks.BIASED, TinyNetworks.UNTIED
        }) {
      assertThat(read(ModelConfig.of(network))).isEqualTo(network);
    }
  }

  @Test
  void absentKeysHaveTheLibrarysDefaults() throws IOException {
    ObjectNode keys = ModelConfig.of(TinyNetworks.UNTIED);
    keys.remove(
        List.of(
            "num_key_value_heads",
            "head_dim",
            "rope_theta",
            "rope_scaling",
            "rms_norm_eps",
            "tie_word_embeddings"));

    NetworkConfig read = read(keys);

    assertThat(read.keyValueHeads()).isEqualTo(4);
    assertThat(read.headDim()).isEqualTo(4);
    assertThat(read.ropeTheta()).isEqualTo(10_000);
    assertThat(read.ropeScaling()).isEqualTo(RopeScaling.NONE);
    assertThat(read.normEpsilon()).isEqualTo(1e-6);
    assertThat(read.tiedHead()).isFalse();
  }

  @Test
  void ropeParametersOfLaterFilesAreRead() throws IOException {
    ObjectNode keys = ModelConfig.of(TinyNetworks.PLAIN);
    keys.remove("rope_theta");
    keys.putObject("rope_parameters")
        .put("rope_type", "linear")
        .put("factor", 4)
        .put("rope_theta", 5e5);

    assertThat(read(keys).ropeTheta()).isEqualTo(5e5);
    assertThat(read(keys).ropeScaling()).isEqualTo(RopeScaling.linear(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model_type           | "mistral"                         | `model_type` is mistral, expected llama or qwen2
          architectures        | ["LlamaForSequenceClassification"] | expected ["LlamaForCausalLM"]
          hidden_act           | "gelu"                            | `hidden_act` is "gelu", expected silu
          attention_bias       | true                              | `attention_bias` is true, expected false
          mlp_bias             | true                              | `mlp_bias` is true
          use_sliding_window   | true                              | `use_sliding_window` is true
          partial_rotary_factor| 0.5                               | `partial_rotary_factor` is 0.5, expected 1
          layer_types          | ["sliding_attention"]             | expected full_attention in every layer
          quantization_config  | {"bits": 4}                       | `quantization_config` is set, expected none
          rope_scaling         | {"type": "yarn", "factor": 4}     | `rope_scaling.rope_type` is yarn, expected default, linear or llama3
          rope_scaling         | {"rope_type": "linear"}           | `rope_scaling.factor` is missing
          hidden_size          | "wide"                            | `hidden_size` is "wide", expected a whole number
          num_key_value_heads  | 3                                 | keyValueHeads: found 3, expected a divisor of heads
          """)
  void whatWouldBeComputedWronglyIsRefusedByName(String key, String value, String message)
      throws IOException {
    ObjectNode keys = ModelConfig.of(TinyNetworks.PLAIN);
    keys.set(key, JSON.readTree(value));

    assertThatThrownBy(() -> read(keys))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(message);
  }

  @Test
  void missingOrBrokenFileIsNamed() throws IOException {
    assertThatThrownBy(() -> ModelConfig.read(directory))
        .hasMessageContaining("config.json is missing");
    Files.writeString(directory.resolve("config.json"), "{");
    assertThatThrownBy(() -> ModelConfig.read(directory)).hasMessageContaining("is no JSON");
    // Jackson takes bytes that begin like this for UTF-32.
    Files.write(directory.resolve("config.json"), new byte[] {0, 0, 0, 0x7b, 0x7f, 0, 0, 0});
    assertThatThrownBy(() -> ModelConfig.read(directory))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("is no JSON");
  }

  private NetworkConfig read(ObjectNode keys) throws IOException {
    JsonFile.write(directory.resolve("config.json"), keys);
    return ModelConfig.read(directory);
  }
}
