package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDirectoryTest {
  private static final PolicyProvenance PROVENANCE =
      new PolicyProvenance(
          "engine-feedback", 0, 0, 7, Map.of(), Map.of("dataset", "tiny"), Map.of(), "test", 1);

  private final Tokenizer tokenizer = BytePairTrainer.train(List.of("shoes"), 270);
  private final PolicySpec spec =
      new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8)
          .withOptions(RewriteOptions.products(3));

  @TempDir Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.write(directory.resolve(PolicyDirectory.WEIGHTS), new byte[] {1, 2, 3});
    Files.writeString(directory.resolve(PolicyDirectory.CONFIG), "{}");
    Files.write(directory.resolve(PolicyDirectory.TOKENIZER), tokenizer.toJson());
    Files.write(directory.resolve(PolicyDirectory.GRAPH), new byte[] {4, 5});
    Files.writeString(directory.resolve(PolicyDirectory.PROBES), "[\"shoes\"]");
  }

  @Test
  void opensWhatWasSealed() {
    PolicyDirectory.seal(directory, spec, PROVENANCE);

    PolicyDirectory opened = PolicyDirectory.open(directory);

    assertThat(opened.spec()).isEqualTo(spec);
    assertThat(opened.manifest().provenance()).isEqualTo(PROVENANCE);
    assertThat(opened.artifact().onnx()).containsExactly(4, 5);
    assertThat(opened.artifact().format().options()).isEqualTo(RewriteOptions.products(3));
  }

  @Test
  void isNoPolicyUntilItIsSealed() {
    assertThatThrownBy(() -> PolicyDirectory.open(directory))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("found no manifest.json")
        .hasMessageContaining("searchloop train");

    PolicyDirectory.seal(directory, spec, PROVENANCE);
    PolicyDirectory.unseal(directory);

    assertThat(PolicyDirectory.sealed(directory)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PolicyDirectory.WEIGHTS,
        PolicyDirectory.CONFIG,
        PolicyDirectory.TOKENIZER,
        PolicyDirectory.GRAPH,
        PolicyDirectory.PROBES
      })
  void namesTheFileThatChanged(String name) throws IOException {
    PolicyDirectory.seal(directory, spec, PROVENANCE);
    byte[] bytes = Files.readAllBytes(directory.resolve(name));
    bytes[0]++;
    Files.write(directory.resolve(name), bytes);

    assertThatThrownBy(() -> PolicyDirectory.open(directory))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("the manifest says");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    PolicyDirectory.seal(directory, spec, PROVENANCE);
    Files.delete(directory.resolve(PolicyDirectory.GRAPH));

    assertThatThrownBy(() -> PolicyDirectory.open(directory))
        .hasMessageContaining(PolicyDirectory.GRAPH)
        .hasMessageContaining("found no file");
  }

  @Test
  void refusesANewerFormatBeforeItReadsOn() throws IOException {
    PolicyDirectory.seal(directory, spec, PROVENANCE);
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(manifest, "{\"format\": 2, \"novelty\": true}");

    assertThatThrownBy(() -> PolicyDirectory.open(directory))
        .hasMessageContaining("found format 2, expected 1");
  }

  @Test
  void plainPoliciesKeepTheirBytesAndPoliciesWithOptionsAnotherFormat() {
    PolicySpec plain = new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8);
    String artifact =
        new String(
            new PolicyArtifact(plain, tokenizer, new byte[] {1}).toBytes(),
            StandardCharsets.ISO_8859_1);

    assertThat(artifact)
        .contains(
            "{\"format\":1,\"vocabularySize\":300,\"layers\":2,\"keyValueHeads\":2,"
                + "\"headDimension\":8,\"maxPromptTokens\":16,\"maxRewriteTokens\":8}");
    assertThat(spec.format()).isEqualTo(PolicySpec.FORMAT_WITH_OPTIONS);
    assertThat(spec.withOptions(RewriteOptions.PLAIN)).isEqualTo(plain);
    assertThat(
            PolicyArtifact.read(new PolicyArtifact(spec, tokenizer, new byte[] {1}).toBytes())
                .spec())
        .isEqualTo(spec);
  }
}
