package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.checkpoint.SafetensorsFile;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceDirectoryTest {
  private static final String UP_PROJECTION = "model.layers.0.mlp.up_proj.weight";

  @TempDir private Path path;
  private PointerScope scope;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void networksOfEveryLayoutSurviveBitByBit() {
    for (NetworkConfig config :
        new NetworkConfig[] {TinyNetworks.GROUPED, TinyNetworks.BIASED, TinyNetworks.UNTIED}) {
      HuggingFaceDirectory directory =
          new HuggingFaceDirectory(path.resolve("" + config.hashCode()));
      try (PolicyNetwork network = PolicyNetwork.initialise(config, 7)) {
        directory.write(network);
        try (PolicyNetwork read = directory.readNetwork()) {
          assertThat(read.config()).isEqualTo(config);
          requireEqualWeights(read, network);
          assertThat(weight(read, NetworkConfig.EMBEDDING).requires_grad()).isTrue();
        }
      }
    }
  }

  @Test
  void shardsMakeTheSameNetworkAsOneFile() throws IOException {
    HuggingFaceDirectory directory = new HuggingFaceDirectory(path);
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.UNTIED, 7)) {
      directory.write(network, 4_000);
      assertThat(fileNames())
          .contains("model.safetensors.index.json", "model-00002-of-00006.safetensors");
      try (PolicyNetwork read = directory.readNetwork()) {
        requireEqualWeights(read, network);
      }
    }
  }

  @Test
  void halfPrecisionWeightsAreReadAsTheNumbersTheyAre() throws IOException {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 7)) {
      for (torch.ScalarType type :
          new torch.ScalarType[] {torch.ScalarType.BFloat16, torch.ScalarType.Half}) {
        Map<String, Tensor> halves = new LinkedHashMap<>();
        network.parameters().forEach((name, weight) -> halves.put(name, weight.detach().to(type)));
        directoryWith(TinyNetworks.PLAIN, halves);

        try (PolicyNetwork read = new HuggingFaceDirectory(path).readNetwork()) {
          halves.forEach(
              (name, weight) ->
                  assertThat(Tensors.toFloats(weight(read, name)))
                      .as("%s %s", type, name)
                      .isEqualTo(Tensors.toFloats(weight)));
        }
      }
    }
  }

  @Test
  void misshapenMissingAndSurplusTensorsAreRefusedByName() throws IOException {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 7)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(network.parameters());
      tensors.remove(UP_PROJECTION);
      tensors.put(NetworkConfig.FINAL_NORM, torch.zeros(17));
      tensors.put("lm_head.weight", torch.zeros(32, 16));
      directoryWith(TinyNetworks.PLAIN, tensors);
    }

    assertThatThrownBy(() -> new HuggingFaceDirectory(path).readNetwork())
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("`" + UP_PROJECTION + "` is missing")
        .hasMessageContaining("`model.norm.weight` is [17], expected [16]")
        .hasMessageContaining("`lm_head.weight` is unknown")
        .hasMessageContaining("config.json decides");
  }

  @Test
  void rotaryFrequenciesOfEarlyFilesAreNoSurplus() throws IOException {
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 7)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(network.parameters());
      tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", torch.ones(4));
      directoryWith(TinyNetworks.PLAIN, tensors);

      try (PolicyNetwork read = new HuggingFaceDirectory(path).readNetwork()) {
        requireEqualWeights(read, network);
      }
    }
  }

  @Test
  void missingShardAndShardOfAnotherRevisionAreNamed() throws IOException {
    HuggingFaceDirectory directory = new HuggingFaceDirectory(path);
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.UNTIED, 7)) {
      directory.write(network, 4_000);
    }
    Path second = path.resolve("model-00002-of-00006.safetensors");
    new SafetensorsFile(Map.of(), Map.of("other", torch.ones(1))).write(second);
    assertThatThrownBy(directory::readNetwork)
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("index.json: tensor `")
        .hasMessageContaining("is not in " + second);

    Files.delete(second);
    assertThatThrownBy(directory::readNetwork)
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("shard `model-00002-of-00006.safetensors` is missing");
  }

  @Test
  void directoryWithoutSafetensorsIsRefused() throws IOException {
    JsonFile.write(path.resolve("config.json"), ModelConfig.of(TinyNetworks.PLAIN));

    assertThatThrownBy(() -> new HuggingFaceDirectory(path).readNetwork())
        .hasMessageContaining("neither model.safetensors nor model.safetensors.index.json");
  }

  @Test
  void shorterSequencesShrinkTheTablesAndKeepTheWeights() {
    HuggingFaceDirectory directory = new HuggingFaceDirectory(path);
    try (PolicyNetwork network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 7)) {
      directory.write(network);
      try (PolicyNetwork read = directory.readNetwork(8)) {
        assertThat(read.config().maxPositions()).isEqualTo(8);
        requireEqualWeights(read, network);
      }
    }
  }

  private void directoryWith(NetworkConfig config, Map<String, Tensor> tensors) throws IOException {
    JsonFile.write(path.resolve("config.json"), ModelConfig.of(config));
    new SafetensorsFile(Map.of(), tensors).write(path.resolve("model.safetensors"));
  }

  private Stream<String> fileNames() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private static void requireEqualWeights(PolicyNetwork found, PolicyNetwork expected) {
    expected
        .parameters()
        .forEach(
            (name, weight) ->
                assertThat(Tensors.toFloats(weight(found, name)))
                    .as(name)
                    .isEqualTo(Tensors.toFloats(weight)));
  }

  private static Tensor weight(PolicyNetwork network, String name) {
    return network.parameters().get(name);
  }
}
