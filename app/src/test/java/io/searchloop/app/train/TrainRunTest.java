package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.huggingface.PretrainedPolicy;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.RopeScaling;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainRunTest {
  private static final String WORDS =
      "a model that was pretrained on other words than the shop has";

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
    assertThat(json.at("/validation/policies").findValuesAsText("policy"))
        .containsExactly(
            "identity",
            "identity",
            "spelling",
            "spelling",
            "warm-start",
            "warm-start",
            "warm-start+spell",
            "trained",
            "trained",
            "trained+spell");
    assertThat(json.at("/curve")).hasSize(4);
    assertThat(json.at("/curve/1/validation/union_ndcg_at_10").isNumber()).isTrue();
    assertThat(json.at("/curve/0/figures").fieldNames())
        .toIterable()
        .contains("reward", "identity_reward", "validity", "flat_groups", "answer_tokens");
  }

  @Test
  void learnsFromJudgmentsOfTrainQueries() {
    TrainReport report =
        TinyTraining.run(shop, directory, Map.of("train.feedback.from", "judgments")).run();

    PolicyDirectory policy = PolicyDirectory.open(directory);
    assertThat(policy.manifest().provenance().origin()).isEqualTo("judgments");
    assertThat(report.label()).contains("human judgments of train queries");
    assertThat(report.curve())
        .allSatisfy(point -> assertThat(point.figures()).containsEntry("identity_reward", 0.0));
  }

  @Test
  void aRelevanceModelRewardsInPlaceOfBm25() throws IOException {
    Path model = directory.resolve("relevance.json");
    trained().write(model);
    Map<String, String> learned = Map.of("train.feedback.relevance", model.toString());

    TrainReport byBm25 = TinyTraining.run(shop, directory.resolve("bm25"), Map.of()).run();
    TrainReport byModel = TinyTraining.run(shop, directory.resolve("model"), learned).run();

    assertThat(byModel.label()).contains("a relevance model of train judgments");
    assertThat(byModel.curve().get(0).figures().get("validity"))
        .isEqualTo(byBm25.curve().get(0).figures().get("validity"));
    assertThat(byModel.curve().get(0).figures().get("reward"))
        .isNotEqualTo(byBm25.curve().get(0).figures().get("reward"));

    String split = "\"split_seed\" : ";
    Files.writeString(
        model, Files.readString(model).replace(split + shop.split().seed() + ",", split + "77,"));
    TrainRun spoilt = TinyTraining.run(shop, directory.resolve("spoilt"), learned);
    assertThatThrownBy(spoilt::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trained on split 77")
        .hasMessageContaining("it has read test judgments");
  }

  @Test
  void coverageRewardsWhatRewritesFindTogether() {
    Map<String, String> coverage =
        Map.of(
            "train.reward.relevance", "0",
            "train.reward.size", "0",
            "train.reward.coverage", "1",
            "engine.relevant", "0",
            "train.steps", "1");

    TrainReport report = TinyTraining.run(shop, directory, coverage).run();

    // With every product relevant and nothing else paid, somebody found something.
    assertThat(report.curve().get(0).figures().get("reward")).isPositive();
  }

  @Test
  void aRelevanceModelIsForEngineFeedbackAlone() {
    assertThatThrownBy(
            () ->
                TinyTraining.run(
                    shop,
                    directory,
                    Map.of(
                        "train.feedback.from", "judgments", "train.feedback.relevance", "f.json")))
        .hasMessageContaining("relevance f.json with from judgments, expected from engine");
  }

  @Test
  void aCatalogueWithoutQueriesTeachesByItsOwnPhrases() {
    Dataset catalogue = shop.without(shop.queries());

    TrainReport report = TinyTraining.run(catalogue, directory, Map.of()).run();

    assertThat(PolicyDirectory.sealed(directory)).isTrue();
    assertThat(report.queries()).isPositive();
    assertThat(report.validation().policies()).isEmpty();
    assertThat(report.label()).contains("Validation: none");
  }

  @Test
  void refusesToLearnFromClicksOfADatasetThatHasJudgments() {
    TrainRun run = TinyTraining.run(shop, directory, Map.of("train.feedback.from", "clicks"));

    assertThatThrownBy(run::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataset generated has judgments")
        .hasMessageContaining("events.jsonl.gz without queries.tsv");
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

  @Test
  void goesOnFromAPolicyInItsFormatWithoutAWarmStart() {
    Map<String, String> sets =
        Map.of("train.prompt.products", "2", "train.prompt.rewrites", "2", "train.steps", "2");
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    TinyTraining.run(shop, before, sets).run();

    TrainReport report = TinyTraining.run(shop, after, Map.of("train.steps", "2"), before).run();

    PolicyDirectory policy = PolicyDirectory.open(after);
    assertThat(report.refused()).isEmpty();
    assertThat(policy.spec()).isEqualTo(PolicyDirectory.open(before).spec());
    assertThat(hash(after, PolicyDirectory.TOKENIZER))
        .isEqualTo(hash(before, PolicyDirectory.TOKENIZER));
    assertThat(after.resolve("training/warm-start")).doesNotExist();
    assertThat(report.curve().get(0).figures().getOrDefault("logprob_gap", 0.0)).isLessThan(1e-3);
    assertThatThrownBy(() -> TinyTraining.run(shop, after, Map.of("train.steps", "2")).run())
        .hasMessageContaining("began with beginning `policy ");
  }

  @Test
  void teachesAModelOfAnotherShapeAndVocabularyTheShop() {
    Path model = directory.resolve("model");
    int vocabulary = writeModel(model);
    Path out = directory.resolve("out");

    TrainReport report = TinyTraining.run(shop, out, Map.of("train.steps", "2"), model).run();

    PolicyDirectory policy = PolicyDirectory.open(out);
    assertThat(report.refused()).isEmpty();
    assertThat(policy.spec().vocabularySize()).isEqualTo(vocabulary);
    try (WarmStart read = TrainedPolicy.read(policy)) {
      assertThat(read.network().config().attentionBias()).isTrue();
      assertThat(read.network().config().tiedHead()).isFalse();
      assertThat(read.network().config().maxPositions()).isEqualTo(48);
    }
  }

  @Test
  void settingsThatTheBeginningDecidesAreRefused() {
    Path model = directory.resolve("model");
    writeModel(model);

    assertThatThrownBy(
            () -> Beginning.of(model).requireOpen(Map.of("trainer.warm-start.width", "64")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[trainer.warm-start.width] are decided by");
    assertThatThrownBy(() -> Beginning.of(directory.resolve("nothing")))
        .hasMessageContaining("neither manifest.json nor config.json");
  }

  /** Qwen2's layout with a head of its own and a vocabulary that is not the shop's. */
  private static int writeModel(Path path) {
    LibTorch.initialise(1);
    Tokenizer tokenizer =
        BytePairTrainer.train(List.of("\u9774 \u9774 caf\u00e9 caf\u00e9", WORDS, WORDS), 300);
    NetworkConfig config =
        new NetworkConfig(
            tokenizer.vocabularySize(),
            32,
            1,
            4,
            2,
            64,
            512,
            1e6,
            1e-6,
            8,
            true,
            false,
            RopeScaling.NONE);
    try (PretrainedPolicy model =
        new PretrainedPolicy(PolicyNetwork.initialise(config, 3), tokenizer)) {
      new HuggingFaceDirectory(path).write(model);
    }
    return tokenizer.vocabularySize();
  }

  private static String hash(Path directory, String file) {
    try {
      return Sha256.of(Files.readAllBytes(directory.resolve(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SavedRelevance trained() {
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(shop.products(), 1, Bm25.DEFAULT)) {
      return new RelevanceTrainer(shop, engine, RelevanceTrainer.UNJUDGED, 1).train();
    }
  }
}
