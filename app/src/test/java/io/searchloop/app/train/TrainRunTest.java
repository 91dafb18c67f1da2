package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainRunTest {
  private final Dataset shop = TinyTraining.shop();

  @TempDir Path directory;

  @Test
  void leavesASealedPolicyAndAReport() throws IOException {
    TrainReport report = TinyTraining.run(shop, directory, Map.of("train.steps", "4")).run();

    PolicyDirectory policy = PolicyDirectory.open(directory);
    assertThat(report.refused()).isEmpty();
    assertThat(policy.manifest().provenance().origin()).isEqualTo("engine-feedback");
    assertThat(policy.manifest().provenance().config()).containsEntry("dataset", "generated");
    assertThat(policy.artifact().toBytes()).isNotEmpty();
    JsonNode json = new ObjectMapper().readTree(directory.resolve(TrainReport.FILE).toFile());
    assertThat(json.at("/settings/train.steps").asText()).isEqualTo("4");
    assertThat(json.at("/validation/policies").fieldNames())
        .toIterable()
        .containsExactly("identity", "spelling", "warm-start", "trained");
    assertThat(json.at("/curve")).hasSize(4);
    assertThat(json.at("/curve/1/validation/union_ndcg_at_10").isNumber()).isTrue();
    assertThat(json.at("/curve/0/figures").fieldNames())
        .toIterable()
        .contains("reward", "identity_reward", "validity", "flat_groups", "answer_tokens");
  }

  @Test
  void moreStepsLaterAreTheSameBitsAsAllAtOnce() {
    TinyTraining.run(shop, directory.resolve("once"), Map.of("train.steps", "5")).run();
    TinyTraining.run(shop, directory.resolve("twice"), Map.of("train.steps", "3")).run();

    TinyTraining.run(shop, directory.resolve("twice"), Map.of("train.steps", "5")).run();

    for (String file : new String[] {PolicyDirectory.WEIGHTS, PolicyDirectory.GRAPH}) {
      assertThat(hash(directory.resolve("twice"), file))
          .as(file)
          .isEqualTo(hash(directory.resolve("once"), file));
    }
  }

  @Test
  void refusesToGoOnWithOtherSettings() {
    TinyTraining.run(shop, directory, Map.of()).run();

    assertThatThrownBy(() -> TinyTraining.run(shop, directory, Map.of("train.seed", "2")).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("began with seed `1`, this one has `2`")
        .hasMessageContaining("--out");
  }

  @Test
  void aPolicyThatTheGateRefusesIsNotSealed() {
    TrainReport report =
        TinyTraining.run(shop, directory, Map.of("trainer.gate.max-length-ratio", "0.0001")).run();

    assertThat(report.refused()).contains("max-length-ratio");
    assertThat(PolicyDirectory.sealed(directory)).isFalse();
    assertThat(directory.resolve(TrainReport.FILE)).exists();
  }

  @Test
  void productsAndSetsAreThePolicysOwnFormat() {
    TinyTraining.run(
            shop,
            directory,
            Map.of(
                "train.prompt.products", "3",
                "train.prompt.rewrites", "2",
                "train.prompt.decoding", "strict"))
        .run();

    PolicyDirectory policy = PolicyDirectory.open(directory);
    assertThat(policy.artifact().format().options().products()).isEqualTo(3);
    assertThat(policy.artifact().format().options().rewrites()).isEqualTo(2);
    assertThat(policy.spec().maxPromptTokens()).as("room for products").isGreaterThan(32);
  }

  private static String hash(Path directory, String file) {
    try {
      return Sha256.of(Files.readAllBytes(directory.resolve(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
