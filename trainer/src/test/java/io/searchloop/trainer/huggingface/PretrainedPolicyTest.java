package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.export.NetworkLogits;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.RopeScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "Ps4  Games für Kinder";
  private static final Tokenizer LEARNED =
      BytePairTrainer.train(List.of("ps4 games", "ps4 games for kids", "playstation games"), 275);

  /** Qwen2's order: pieces, then special tokens, then rows that no token uses. */
  private static final int PIECES = LEARNED.pieces().size();

  private static final int ROWS = PIECES + QwenTokenizer.SPECIAL.size() + 5;

  @TempDir private Path path;

  @BeforeEach
  void initialise() {
    LibTorch.initialise(1);
  }

  @Test
  void policySurvivesWithItsTokenizer() {
    HuggingFaceDirectory directory = new HuggingFaceDirectory(path);
    try (PretrainedPolicy policy =
        new PretrainedPolicy(
            PolicyNetwork.initialise(config(LEARNED.vocabularySize()), 3), LEARNED)) {
      directory.write(policy);
      try (PretrainedPolicy read = directory.readPolicy(16)) {
        assertThat(read.tokenizer().encode(QUERY)).isEqualTo(LEARNED.encode(QUERY));
        assertThat(logits(read.network(), read.tokenizer().encode(QUERY)))
            .isEqualTo(logits(policy.network(), LEARNED.encode(QUERY)));
      }
    }
  }

  @Test
  void renumberedModelSaysTheSameAsTheOriginal() throws IOException {
    try (PolicyNetwork original = writeQwen(json -> {});
        PretrainedPolicy policy = new HuggingFaceDirectory(path).readPolicy(64)) {
      int[] tokens = policy.tokenizer().encode(QUERY);
      int[] begun = new int[tokens.length + 1];
      begun[0] = Tokenizer.BEGIN;
      System.arraycopy(tokens, 0, begun, 1, tokens.length);

      float[] ours = logits(policy.network(), begun);
      float[] theirs = logits(original, Arrays.stream(begun).map(this::originalId).toArray());

      int vocabulary = policy.tokenizer().vocabularySize();
      assertThat(vocabulary).isEqualTo(PIECES + Tokenizer.SPECIAL_TOKENS);
      for (int row = 0; row < begun.length; row++) {
        for (int token = 0; token < vocabulary; token++) {
          assertThat(ours[row * vocabulary + token])
              .isEqualTo(theirs[row * ROWS + originalId(token)]);
        }
      }
    }
  }

  @Test
  void wordsArePartedAsTheModelPartsThem() throws IOException {
    try (PolicyNetwork original = writeQwen(json -> words(json, "\\p{N}|\\P{N}+"));
        PretrainedPolicy policy = new HuggingFaceDirectory(path).readPolicy(64)) {
      assertThat(policy.tokenizer().words().pattern()).isEqualTo("\\p{N}|\\P{N}+");
      // Ours merges "ps4"; these words keep the digit apart.
      assertThat(policy.tokenizer().encode("ps4")).hasSizeGreaterThan(LEARNED.encode("ps4").length);
      assertThat(original.config().vocabularySize()).isEqualTo(ROWS);
    }
  }

  @Test
  void tokenizersThatWouldPartTextsDifferentlyAreRefused() {
    refuses(json -> model(json).put("byte_fallback", true), "a byte-level BPE");
    refuses(json -> model(json).put("type", "Unigram"), "a byte-level BPE");
    refuses(
        json -> json.putObject("pre_tokenizer").put("type", "Whitespace"), "`pre_tokenizer` is");
    refuses(json -> ((ObjectNode) model(json).get("vocab")).put("▁ps", 5), "`▁ps`");
    refuses(json -> words(json, "(?<"), "a pattern that Java does not read");
    refuses(
        json -> model(json).withArray("merges").insert(0, model(json).get("merges").get(5)),
        "in the order of their merges");
    refuses(json -> json.withArray("added_tokens").remove(2), "for SEPARATOR");
    refuses(json -> moved(json, ROWS), "ids below the network's " + ROWS);
    refuses(json -> dropByte(model(json)), "255 single bytes");
    refuses(
        json -> json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers"),
        "`pre_tokenizer` is");
    refuses(json -> moved(json, -1), "a token -1");
    refuses(json -> ((ObjectNode) model(json).get("vocab")).put("again", 7), "each id once");
    refuses(json -> words(json, "(".repeat(5_000)), "a pattern of 5000 characters");
    refuses(json -> words(json, "x*"), "matches nothing at all");
  }

  @Test
  void networkAndTokenizerMustAgree() {
    try (PolicyNetwork network = PolicyNetwork.initialise(config(40), 3)) {
      assertThatThrownBy(() -> new PretrainedPolicy(network, LEARNED))
          .hasMessageContaining("network of 40 tokens, tokenizer of " + LEARNED.vocabularySize());
    }
  }

  private void refuses(Consumer<ObjectNode> change, String message) {
    assertThatThrownBy(
            () -> {
              writeQwen(change).close();
              new HuggingFaceDirectory(path).readPolicy(64).close();
            })
        .as(message)
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining(message);
  }

  /** A network and a tokenizer.json in Qwen2's order, the latter changed by {@code change}. */
  private PolicyNetwork writeQwen(Consumer<ObjectNode> change) throws IOException {
    PolicyNetwork network = PolicyNetwork.initialise(config(ROWS), 3);
    new HuggingFaceDirectory(path).write(network);
    ObjectNode json = QwenTokenizer.json(LEARNED);
    change.accept(json);
    Files.write(path.resolve("tokenizer.json"), JSON.writeValueAsBytes(json));
    return network;
  }

  private int originalId(int token) {
    return switch (token) {
      case Tokenizer.PAD, Tokenizer.END -> PIECES;
      case Tokenizer.BEGIN -> PIECES + 1;
      case Tokenizer.SEPARATOR -> PIECES + 2;
      default -> token - Tokenizer.SPECIAL_TOKENS;
    };
  }

  private static NetworkConfig config(int vocabulary) {
    return new NetworkConfig(
        vocabulary, 16, 1, 2, 1, 24, 64, 1e6, 1e-6, 8, true, false, RopeScaling.NONE);
  }

  private static float[] logits(PolicyNetwork network, int[] tokens) {
    try (NetworkLogits logits = new NetworkLogits(network)) {
      return logits.of(tokens);
    }
  }

  private static ObjectNode model(ObjectNode json) {
    return (ObjectNode) json.get("model");
  }

  private static void words(ObjectNode json, String regex) {
    JsonNode split = json.path("pre_tokenizer").path("pretokenizers").path(0);
    ((ObjectNode) split.get("pattern")).put("Regex", regex);
  }

  private static void moved(ObjectNode json, int id) {
    ((ObjectNode) json.path("added_tokens").path(0)).put("id", id);
  }

  private static void dropByte(ObjectNode model) {
    Map<Integer, String> byId = new TreeMap<>();
    model.get("vocab").properties().forEach(e -> byId.put(e.getValue().asInt(), e.getKey()));
    ((ObjectNode) model.get("vocab")).remove(byId.get(7));
  }
}
