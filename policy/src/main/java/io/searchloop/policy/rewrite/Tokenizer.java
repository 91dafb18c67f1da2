package io.searchloop.policy.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Byte-level BPE over normalised text. Token ids: four special tokens, then the learned pieces in
 * merge order, the 256 single bytes first. Every text has an encoding; each word carries the space
 * before it, so a word has the same tokens wherever it stands.
 *
 * <p>A pretrained policy brings pieces and the pattern that parts its words; its tokens are
 * renumbered to this order when it is imported, so nothing downstream knows the difference.
 */
public final class Tokenizer {
  public static final int PAD = 0;
  public static final int BEGIN = 1;
  public static final int SEPARATOR = 2;
  public static final int END = 3;
  public static final int SPECIAL_TOKENS = 4;

  private static final int BYTES = 256;
  private static final int LONGEST_PATTERN = 1_000;
  private static final String NAME = "searchloop-bpe";
  private static final Pattern WORDS = Pattern.compile(" [^ ]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<byte[]> pieces;
  private final Pattern words;
  private final Encoding encoding;

  /** A tokenizer over pieces in merge order, of which the first 256 are the single bytes. */
  Tokenizer(List<byte[]> pieces) {
    this(pieces, WORDS);
  }

  private Tokenizer(List<byte[]> pieces, Pattern words) {
    this.pieces = List.copyOf(pieces);
    this.words = words;
    Map<byte[], Integer> ranks = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      ranks.put(pieces.get(i), i + SPECIAL_TOKENS);
    }
    EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
    registry.registerGptBytePairEncoding(
        new GptBytePairEncodingParams(NAME, withTheRest(words), ranks, Map.of()));
    this.encoding = registry.getEncoding(NAME).orElseThrow();
  }

  /**
   * What words leave out between them is a word too, as in tokenizer.json; it must not get lost.
   */
  private static Pattern withTheRest(Pattern words) {
    String word = words.pattern();
    return Pattern.compile("%s|(?:(?!%s)[\\s\\S])+".formatted(word, word), words.flags());
  }

  /**
   * A tokenizer with another's vocabulary.
   *
   * @param pieces in merge order, the 256 single bytes first
   * @param words parts a text; pieces never cross the parts
   * @throws IllegalArgumentException when the first pieces are not the single bytes, or a word may
   *     be nothing at all, which would lose what stands there
   */
  public static Tokenizer of(List<byte[]> pieces, Pattern words) {
    long singleBytes =
        pieces.stream().limit(BYTES).filter(p -> p.length == 1).map(p -> p[0]).distinct().count();
    if (singleBytes < BYTES) {
      throw new IllegalArgumentException(
          "Tokenizer begins with "
              + singleBytes
              + " single bytes, expected all 256. Use a byte-level vocabulary in merge order.");
    }
    if (words.matcher("").find()) {
      throw new IllegalArgumentException(
          "Tokenizer parts words by '%s', which matches nothing at all, expected a character at least. Use the vocabulary's own pattern."
              .formatted(words.pattern()));
    }
    return new Tokenizer(pieces, words);
  }

  /**
   * The pattern of a text that came with a vocabulary.
   *
   * @throws IllegalArgumentException when Java does not read it
   */
  public static Pattern pattern(String words) {
    if (words.length() > LONGEST_PATTERN) { // the JDK reads nested groups with nested calls
      throw new IllegalArgumentException(
          "Tokenizer has a pattern of %d characters, expected at most %d. Use another vocabulary."
              .formatted(words.length(), LONGEST_PATTERN));
    }
    return Pattern.compile(words);
  }

  /** Ordinary pieces in merge order; do not change the arrays. */
  public List<byte[]> pieces() {
    return pieces;
  }

  /** What parts a normalised text into words. */
  public Pattern words() {
    return words;
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

  /** The vocabulary as JSON: pieces in merge order, hexadecimal, and the words unless our own. */
  public byte[] toJson() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pieces", pieces.stream().map(HexFormat.of()::formatHex).toList());
    if (!words.pattern().equals(WORDS.pattern())) {
      content.put("words", words.pattern());
    }
    try {
      return JSON.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings are always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is not a vocabulary
   */
  public static Tokenizer fromJson(byte[] json) {
    try {
      JsonNode content = JSON.readTree(json);
      List<byte[]> pieces = new ArrayList<>();
      content.path("pieces").forEach(hex -> pieces.add(HexFormat.of().parseHex(hex.asText())));
      return of(pieces, pattern(content.path("words").asText(WORDS.pattern())));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(
          "Tokenizer is not JSON with a list `pieces`. Re-export the policy.", e);
    }
  }
}
