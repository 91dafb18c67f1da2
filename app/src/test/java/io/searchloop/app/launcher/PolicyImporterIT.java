package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.trainer.PolicyImport.Imported;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyImporterIT {
  private static final Map<String, String> ANY_POLICY =
      Map.of(
          "trainer.gate.min-validity", "0",
          "trainer.gate.min-sampled-validity", "0",
          "trainer.gate.max-kl", "100",
          "trainer.gate.max-length-ratio", "100");

  @TempDir Path directory;

  private final Dataset shop = TinyTraining.shop();
  private final LoopSettings settings = SmallShop.settings(1, ANY_POLICY);

  @Test
  void anImportedPolicyIsTheFirstVersionThenTheNextAndTheLoopServesIt() {
    PolicyDirectory four = train("policy", Map.of("train.steps", "4"));
    String firstWeights = weights(four);
    Imported first = importer("data").run(four);
    PolicyDirectory six = train("policy", Map.of("train.steps", "6"));
    Imported next = importer("data").run(six);

    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory.resolve("data"),
            directory.resolve("warm-starts"),
            settings,
            shop,
            InstantSource.system(),
            stage -> {})) {
      List<PolicyHistory.Release> releases =
          PolicyHistory.read(loop.bootstrapServers(), loop.serdes()).releases();

      assertThat(releases)
          .extracting(PolicyHistory.Release::version)
          .startsWith(first.version(), next.version());
      assertThat(weights(releases.get(0))).isEqualTo(firstWeights);
      assertThat(weights(releases.get(1))).isEqualTo(weights(six)).isNotEqualTo(firstWeights);
      assertThat(releases.get(1).manifest().parentVersion()).isEqualTo(first.version());
      assertThat(releases.get(1).manifest().provenance().origin()).isEqualTo("import");
      assertThat(loop.worker().activeVersion()).isEqualTo(next.version());
    }
  }

  @Test
  void aLogKeepsOneTokenizer() {
    PolicyDirectory policy = train("policy", Map.of());
    PolicyDirectory other = train("other", Map.of("trainer.warm-start.vocabulary", "450"));
    importer("data").run(policy);

    assertThatThrownBy(() -> importer("data").run(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("A log keeps one tokenizer")
        .hasMessageContaining("new data directory");
  }

  @Test
  void aRefusedFirstPolicyLeavesNoWarmStartBehind() {
    PolicyDirectory policy = train("policy", Map.of());
    LoopSettings strict = SmallShop.settings(1, Map.of("trainer.gate.max-length-ratio", "0.0001"));

    assertThatThrownBy(
            () ->
                new PolicyImporter(directory.resolve("data"), strict, InstantSource.system())
                    .run(policy))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gate refuses");
    assertThat(directory.resolve("data/trainer/warm-start")).doesNotExist();
  }

  private static String weights(PolicyDirectory policy) {
    try (WarmStart read = TrainedPolicy.read(policy)) {
      return TrainingState.fingerprint(read.network());
    }
  }

  private String weights(PolicyHistory.Release release) {
    CheckpointStore checkpoints =
        new CheckpointStore(
            EmbeddedTrainer.checkpoints(EmbeddedTrainer.directory(directory.resolve("data"))));
    try (PolicyNetwork network =
        TrainingState.frozen(checkpoints, release.manifest().checkpoint())) {
      return TrainingState.fingerprint(network);
    }
  }

  private PolicyImporter importer(String data) {
    return new PolicyImporter(directory.resolve(data), settings, InstantSource.system());
  }

  private PolicyDirectory train(String name, Map<String, String> given) {
    Path out = directory.resolve(name);
    assertThat(TinyTraining.run(shop, out, given).run().refused()).isEmpty();
    return PolicyDirectory.open(out);
  }
}
