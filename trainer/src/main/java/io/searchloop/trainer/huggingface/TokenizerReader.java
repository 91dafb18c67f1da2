package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code tokenizer.json} of a byte-level BPE (Llama 3, Qwen2) to the policy's tokenizer.
 *
 * <p>The policy's grammar wants its four special tokens first, so tokens are renumbered, and the
 * network's rows with them. Pieces keep their order, which is that of the merges and is checked.
 * Special tokens without a role are dropped. Texts are brought to the policy's normal form,
 * whatever normaliser the file names; the words are parted as the file says. See ADR 0020.
 */
final class TokenizerReader {
  private static final String COPY_AGAIN =
      "Copy config.json and tokenizer.json again, from one revision of the model.";
  private static final Pattern GPT2_WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private final Path file;
  private final JsonNode root;
  private final ByteAlphabet alphabet = new ByteAlphabet();

  private TokenizerReader(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads the vocabulary.
   *
   * @param vocabularySize rows of the network
   * @throws UnsupportedModelException when it is not a byte-level BPE in merge order
   */
  static PolicyTokens read(Path file, int vocabularySize) throws IOException {
    return new TokenizerReader(file, JsonFile.read(file)).tokens(vocabularySize);
  }

  private PolicyTokens tokens(int vocabularySize) {
    JsonNode model = root.path("model");
    if (!model.path("type").asText("BPE").equals("BPE")
        || model.path("byte_fallback").asBoolean()) {
      throw refused(
          "model",
          model.path("type")
              + (model.path("byte_fallback").asBoolean() ? " with byte_fallback" : ""),
          "a byte-level BPE, as of Llama 3 and Qwen2",
          "Llama 1 and 2 (SentencePiece) can start a policy only with another tokenizer.");
    }
    Map<String, Integer> added = added();
    TreeMap<Integer, byte[]> pieces = pieces(model.path("vocab"), added);
    requireMergeOrder(model);
    List<Integer> originals = new ArrayList<>();
    for (SpecialRole role : SpecialRole.values()) {
      originals.add(role.find(added).orElseThrow(() -> noRole(role, added)));
    }
    originals.addAll(pieces.keySet());
    for (int id : originals) {
      if (id < 0 || id >= vocabularySize) {
        throw refused(
            "model.vocab",
            "a token " + id,
            "ids below the network's " + vocabularySize + ", from 0",
            COPY_AGAIN);
      }
    }
    return new PolicyTokens(
        tokenizer(pieces), originals.stream().mapToInt(Integer::intValue).toArray());
  }

  private Tokenizer tokenizer(TreeMap<Integer, byte[]> pieces) {
    try {
      return Tokenizer.of(List.copyOf(pieces.values()), words());
    } catch (IllegalArgumentException e) {
      throw new UnsupportedModelException(file + ": " + e.getMessage(), e);
    }
  }

  /** Tokens that no merge makes, by their text. */
  private Map<String, Integer> added() {
    Map<String, Integer> added = new LinkedHashMap<>();
    root.path("added_tokens")
        .forEach(token -> added.put(token.path("content").asText(), token.path("id").asInt(-1)));
    return added;
  }

  private TreeMap<Integer, byte[]> pieces(JsonNode vocabulary, Map<String, Integer> added) {
    TreeMap<Integer, byte[]> pieces = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      String text = entry.getKey();
      if (added.containsKey(text)) {
        continue;
      }
      byte[] piece =
          alphabet
              .bytes(text)
              .orElseThrow(
                  () ->
                      refused(
                          "model.vocab",
                          "`" + text + "`",
                          "bytes in GPT-2's alphabet",
                          "Use the model's own fast tokenizer, of Llama 3 or Qwen2."));
      int id = entry.getValue().asInt(-1);
      if (pieces.put(id, piece) != null) {
        throw refused(
            "model.vocab", "`%s`, again %d".formatted(text, id), "each id once", COPY_AGAIN);
      }
    }
    return pieces;
  }

  /** Our tokenizer merges the piece with the smallest id first; the file, the first merge. */
  private void requireMergeOrder(JsonNode model) {
    int last = -1;
    for (JsonNode merge : model.path("merges")) {
      String text =
          merge.isArray()
              ? merge.path(0).asText() + merge.path(1).asText()
              : merge.asText().replace(" ", "");
      int id = model.path("vocab").path(text).asInt(-1);
      if (id < last) {
        throw refused(
            "model.merges",
            "`%s`, token %d, after token %d".formatted(text, id, last),
            "tokens numbered in the order of their merges",
            "This vocabulary would be parted differently; use one in merge order.");
      }
      last = id;
    }
  }

  private Pattern words() {
    JsonNode outer = root.path("pre_tokenizer");
    List<JsonNode> steps = new ArrayList<>();
    if (outer.path("type").asText().equals("Sequence")) {
      outer.path("pretokenizers").forEach(steps::add);
    } else {
      steps.add(outer);
    }
    JsonNode last = steps.isEmpty() ? outer : steps.get(steps.size() - 1);
    if (last.path("type").asText().equals("ByteLevel")) {
      if (steps.size() == 1) {
        return GPT2_WORDS;
      }
      JsonNode split = steps.get(0);
      if (steps.size() == 2
          && split.path("type").asText().equals("Split")
          && split.path("behavior").asText().equals("Isolated")
          && split.path("pattern").has("Regex")
          && !last.path("use_regex").asBoolean(true)) {
        return compiled(split.path("pattern").path("Regex").asText());
      }
    }
    throw refused(
        "pre_tokenizer",
        outer,
        "ByteLevel, or an isolating Split by Regex and then ByteLevel without one",
        "Use the model's own fast tokenizer, of Llama 3 or Qwen2.");
  }

  private Pattern compiled(String regex) {
    try {
      return Tokenizer.pattern(regex);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedModelException(
          "%s: `pre_tokenizer` has a pattern that Java does not read: %s. Rewrite it in both's terms."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private UnsupportedModelException noRole(SpecialRole role, Map<String, Integer> added) {
    return refused(
        "added_tokens",
        added.keySet(),
        "one of %s for %s".formatted(role.names(), role),
        "Add such a token to tokenizer.json, with a row of the network.");
  }

  private UnsupportedModelException refused(
      String key, Object found, String expected, String remedy) {
    return new ConfigKeys(file, "", root).refused(key, found, expected, remedy);
  }
}
