package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.policy.rewrite.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The policy's tokenizer as {@code tokenizer.json}: the same ids for the same texts, normal form
 * included, in the tokenizers library.
 */
final class TokenizerWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<byte[]> pieces;
  private final ByteAlphabet alphabet = new ByteAlphabet();
  private final Map<String, Integer> ranks = new HashMap<>();

  private TokenizerWriter(Tokenizer tokenizer) {
    this.pieces = tokenizer.pieces();
    for (int rank = 0; rank < pieces.size(); rank++) {
      ranks.put(alphabet.text(pieces.get(rank)), rank);
    }
  }

  static ObjectNode json(Tokenizer tokenizer) {
    TokenizerWriter writer = new TokenizerWriter(tokenizer);
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    writer.special(root.putArray("added_tokens"));
    normaliser(root.putObject("normalizer"));
    words(root.putObject("pre_tokenizer"), tokenizer.words().pattern());
    byteLevel(root.putObject("decoder"));
    writer.model(root.putObject("model"));
    return root;
  }

  private void special(ArrayNode added) {
    for (SpecialRole role : SpecialRole.values()) {
      ObjectNode token = added.addObject();
      token.put("id", role.ordinal()).put("content", role.ownName());
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
    }
  }

  /** As {@code QueryText} does it, and the space before the first word. */
  private static void normaliser(ObjectNode normaliser) {
    ArrayNode steps = normaliser.put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "NFKC");
    steps.addObject().put("type", "Lowercase");
    ObjectNode spaces = steps.addObject().put("type", "Replace").put("content", " ");
    spaces.putObject("pattern").put("Regex", "[\\s\\p{Cc}]+");
    steps.addObject().put("type", "Strip").put("strip_left", true).put("strip_right", true);
    steps.addObject().put("type", "Prepend").put("prepend", " ");
  }

  private static void words(ObjectNode words, String regex) {
    ArrayNode steps = words.put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", regex);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject());
  }

  private static void byteLevel(ObjectNode step) {
    step.put("type", "ByteLevel").put("add_prefix_space", false);
    step.put("trim_offsets", false).put("use_regex", false);
  }

  private void model(ObjectNode model) {
    model.put("type", "BPE").put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (SpecialRole role : SpecialRole.values()) {
      vocabulary.put(role.ownName(), role.ordinal());
    }
    ArrayNode merges = model.putArray("merges");
    for (int rank = 0; rank < pieces.size(); rank++) {
      String text = alphabet.text(pieces.get(rank));
      vocabulary.put(text, rank + Tokenizer.SPECIAL_TOKENS);
      if (text.length() > 1) {
        List<String> halves = partsBefore(text, rank);
        if (halves.size() == 2) {
          merges.addArray().add(halves.get(0)).add(halves.get(1));
        }
      }
    }
  }

  /** What a piece consists of when only pieces of smaller rank exist: two, if a merge made it. */
  private List<String> partsBefore(String text, int rank) {
    List<String> parts = new ArrayList<>(Arrays.asList(text.split("")));
    while (parts.size() > 1) {
      int best = -1;
      int bestRank = rank;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int merged = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
        if (merged < bestRank) {
          best = i;
          bestRank = merged;
        }
      }
      if (best < 0) {
        break;
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
    return parts;
  }
}
