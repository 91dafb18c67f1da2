package io.searchloop.policy.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Byte-level BPE over normalised text. Token ids: four special tokens, then the learned pieces in
 * merge order, the 256 single bytes first. Every text has an encoding; each word carries the space
 * before it, so a word has the same tokens wherever it stands.
 */
public final class Tokenizer {
  public static final int PAD = 0;
  public static final int BEGIN = 1;
  public static final int SEPARATOR = 2;
  public static final int END = 3;
  public static final int SPECIAL_TOKENS = 4;

  private static final String NAME = "searchloop-bpe";
  private static final Pattern WORDS = Pattern.compile(" [^ ]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<byte[]> pieces;
  private final Encoding encoding;

  /** A tokenizer over pieces in merge order, of which the first 256 are the single bytes. */
  Tokenizer(List<byte[]> pieces) {
    this.pieces = List.copyOf(pieces);
    Map<byte[], Integer> ranks = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      ranks.put(pieces.get(i), i + SPECIAL_TOKENS);
    }
    EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
    registry.registerGptBytePairEncoding(
        new GptBytePairEncodingParams(NAME, WORDS, ranks, Map.of()));
    this.encoding = registry.getEncoding(NAME).orElseThrow();
  }

  /** Number of token ids, special ones included. */
  public int vocabularySize() {
    return pieces.size() + SPECIAL_TOKENS;
  }

  /** Token ids of a text after normalisation, without special tokens. */
  public int[] encode(String text) {
    String normal = QueryText.normalise(text);
    return normal.isEmpty() ? new int[0] : encoding.encodeOrdinary(" " + normal).toArray();
  }

  /** Text of token ids; empty when they are not valid UTF-8 or contain a special token. */
  public Optional<String> decode(int[] ids) {
    IntArrayList ordinary = new IntArrayList(ids.length);
    for (int id : ids) {
      if (id < SPECIAL_TOKENS || id >= vocabularySize()) {
        return Optional.empty();
      }
      ordinary.add(id);
    }
    byte[] bytes = encoding.decodeBytes(ordinary);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.strip());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Bytes of an ordinary token; not a copy, do not change them. */
  byte[] bytes(int id) {
    return pieces.get(id - SPECIAL_TOKENS);
  }

  /** The vocabulary as JSON: pieces in merge order, hexadecimal. */
  public byte[] toJson() {
    List<String> hex = pieces.stream().map(HexFormat.of()::formatHex).toList();
    try {
      return JSON.writeValueAsBytes(Map.of("pieces", hex));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of strings is always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is not a vocabulary
   */
  public static Tokenizer fromJson(byte[] json) {
    try {
      Map<String, List<String>> content =
          JSON.readValue(json, new TypeReference<Map<String, List<String>>>() {});
      List<byte[]> pieces =
          content.getOrDefault("pieces", List.of()).stream().map(HexFormat.of()::parseHex).toList();
      if (pieces.size() < 256) {
        throw new IllegalArgumentException(
            "Tokenizer has "
                + pieces.size()
                + " pieces, expected at least the 256 single bytes. Re-export the policy.");
      }
      return new Tokenizer(pieces);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(
          "Tokenizer is not JSON with a list `pieces`. Re-export the policy.", e);
    }
  }
}
