package io.searchloop.policy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerGrammarTest {
  private static final int WALKS = 2_000;

  private final Tokenizer tokenizer =
      BytePairTrainer.train(
          List.of("red shoes", "\u00e9t\u00e9 \u9774 \u30b3 \ud83d\ude80 \u00a0"), 290);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyStrictWalkIsAValidAnswer(int rewrites) {
    RewriteFormat format = format(9, rewrites, Decoding.STRICT);
    Random random = new Random(rewrites);

    for (int walk = 0; walk < WALKS; walk++) {
      int[] answer = walk(format, random);

      assertThat(format.rewrites(answer)).as("%s", Arrays.toString(answer)).isNotEmpty();
      assertThat(format.rewrites(answer)).hasSizeLessThanOrEqualTo(rewrites);
    }
  }

  @Test
  void strictWalksFillTheirLength() {
    RewriteFormat format = format(2, 1, Decoding.STRICT);
    Random random = new Random(1);

    for (int walk = 0; walk < WALKS; walk++) {
      assertThat(walk(format, random)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"red shoes", "\u30b3\u30fc\u30d2", "\u9774", "\ud83d\ude80", "caf\u00e9"})
  void strictGrammarAllowsRealTexts(String text) {
    RewriteFormat format = format(24, 1, Decoding.STRICT);

    assertThat(allows(format, format.answer(text).orElseThrow())).isTrue();
  }

  /**
   * Words as Qwen2 parts them: a character's tokens depend on its class, and pieces cross spaces.
   */
  @Test
  void strictGrammarAllowsEveryCharacterOfAnAdoptedVocabulary() {
    Tokenizer adopted =
        Tokenizer.of(
            tokenizer.pieces(),
            Pattern.compile(
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"));
    RewriteFormat format =
        new RewriteFormat(
            adopted, 16, 64, RewriteOptions.PLAIN.withRewrites(2).withDecoding(Decoding.STRICT));
    for (int character = ' '; character <= Character.MAX_CODE_POINT; character++) {
      if (Character.isDefined(character) && !isSurrogateOrRare(character)) {
        String text = "a " + Character.toString(character) + "1";

        Optional<int[]> answer = format.answer(List.of("red", text));

        assertThat(answer).as("U+%04X", character).isPresent();
        assertThat(format.rewrites(answer.orElseThrow()))
            .as("U+%04X", character)
            .containsExactly("red", QueryText.normalise(text));
      }
    }
  }

  @Test
  void answersThatTheSamplerCouldNotGiveAreNone() {
    assertThat(format(9, 1, Decoding.POSITIONS).answer("\u2013")).isPresent();
    assertThat(format(9, 1, Decoding.STRICT).answer("\u2013")).isEmpty();
    assertThat(format(9, 1, Decoding.STRICT).answer("5 \u2013 9")).isPresent();
  }

  @Test
  void strictGrammarAgreesWithTheJdkOnUtf8() {
    Random random = new Random(7);
    int agreed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = likelyUtf8(random);

      int state = Utf8State.after(Utf8State.EMPTY, bytes);
      boolean whole = state != Utf8State.BROKEN && Utf8State.pending(state) == 0;
      Optional<String> text = decode(bytes);

      assertThat(whole).as("%s", Arrays.toString(bytes)).isEqualTo(text.isPresent());
      if (whole && Utf8State.complete(state)) {
        assertThat(text.orElseThrow().strip()).isNotEmpty();
        agreed++;
      }
    }
    assertThat(agreed).as("shown texts among the random ones").isGreaterThan(1_000);
  }

  @Test
  void freeWalksAreSeldomValid() {
    RewriteFormat format = format(9, 1, Decoding.FREE);
    Random random = new Random(2);
    int valid = 0;
    for (int walk = 0; walk < WALKS; walk++) {
      valid += format.rewrites(walk(format, random)).isEmpty() ? 0 : 1;
    }

    assertThat(valid).isLessThan(WALKS / 2);
  }

  @Test
  void setsAreReadInOrderWithoutRepetition() {
    RewriteFormat format = format(32, 3, Decoding.POSITIONS);
    int[] answer = format.answer(List.of("red shoes", "red", "red shoes")).orElseThrow();

    assertThat(allows(format, answer)).isTrue();
    assertThat(format.rewrites(answer)).containsExactly("red shoes", "red");
    assertThat(format.rewrite(answer)).contains("red shoes red");
  }

  @Test
  void setsBeyondTheirSizeOrWithABlankRewriteAreInvalid() {
    RewriteFormat three = format(32, 3, Decoding.POSITIONS);
    RewriteFormat two = format(32, 2, Decoding.POSITIONS);
    int[] answer = three.answer(List.of("red", "blue", "shoes")).orElseThrow();
    int red = answer[0];
    int[] blank = {red, Tokenizer.SEPARATOR, Tokenizer.SEPARATOR, red, Tokenizer.END};

    assertThat(two.rewrites(answer)).isEmpty();
    assertThat(two.answer(List.of("red", "blue", "shoes"))).isEmpty();
    assertThat(three.rewrites(blank)).isEmpty();
    assertThat(allows(three, blank)).as("positions know no history").isTrue();
    assertThat(allows(format(32, 3, Decoding.STRICT), blank)).isFalse();
  }

  private RewriteFormat format(int longest, int rewrites, Decoding decoding) {
    return new RewriteFormat(
        tokenizer, 16, longest, RewriteOptions.PLAIN.withRewrites(rewrites).withDecoding(decoding));
  }

  private int[] walk(RewriteFormat format, Random random) {
    AnswerGrammar grammar = format.grammar();
    int[] answer = new int[grammar.longest()];
    int length = 0;
    int state = AnswerGrammar.START;
    do {
      List<Integer> allowed = new ArrayList<>();
      for (int token = 0; token < tokenizer.vocabularySize(); token++) {
        if (grammar.allowed(state, token)) {
          allowed.add(token);
        }
      }
      answer[length] = allowed.get(random.nextInt(allowed.size()));
      state = grammar.next(state, answer[length++]);
    } while (length < answer.length && answer[length - 1] != Tokenizer.END);
    return Arrays.copyOf(answer, length);
  }

  private static boolean allows(RewriteFormat format, int[] answer) {
    int state = AnswerGrammar.START;
    for (int token : answer) {
      if (!format.grammar().allowed(state, token)) {
        return false;
      }
      state = format.grammar().next(state, token);
    }
    return true;
  }

  /** Beyond the first planes, where characters differ only in their bytes, one in a hundred. */
  private static boolean isSurrogateOrRare(int character) {
    return Character.getType(character) == Character.SURROGATE
        || (character > 0x20000 && character % 101 != 0);
  }

  /** Bytes of random characters, of which one is changed half of the time. */
  private static byte[] likelyUtf8(Random random) {
    int[] limits = {0x80, 0x800, 0x3100, 0x10000, 0x110000};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      int codePoint = random.nextInt(limits[random.nextInt(limits.length)]);
      text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? ' ' : codePoint);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
