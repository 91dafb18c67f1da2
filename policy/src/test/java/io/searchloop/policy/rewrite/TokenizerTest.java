package io.searchloop.policy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private static final List<String> SHOP =
      List.of(
          "running shoes", "red running shoes", "leather shoes", "running socks", "ßtraße 10\"");

  @Test
  void learnsFrequentWordsAsSingleTokens() {
    Tokenizer tokenizer = BytePairTrainer.train(SHOP, 400);

    assertThat(tokenizer.encode("running")).hasSize(1);
    assertThat(tokenizer.encode("shoes")).hasSize(1);
    assertThat(tokenizer.encode("shoes running")).hasSize(2);
  }

  @Test
  void decodesWhatItEncoded() {
    Tokenizer tokenizer = BytePairTrainer.train(SHOP, 300);
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      String text = randomText(random);

      assertThat(tokenizer.decode(tokenizer.encode(text))).contains(QueryText.normalise(text));
    }
  }

  @Test
  void survivesJson() {
    Tokenizer tokenizer = BytePairTrainer.train(SHOP, 300);

    Tokenizer read = Tokenizer.fromJson(tokenizer.toJson());

    assertThat(read.vocabularySize()).isEqualTo(tokenizer.vocabularySize());
    assertThat(read.encode("red leather shoes")).isEqualTo(tokenizer.encode("red leather shoes"));
  }

  @Test
  void isTheSameForTheSameTexts() {
    assertThat(BytePairTrainer.train(SHOP, 350).toJson())
        .isEqualTo(BytePairTrainer.train(SHOP, 350).toJson());
  }

  @Test
  void refusesSpecialTokensInText() {
    Tokenizer tokenizer = BytePairTrainer.train(SHOP, 300);

    assertThat(tokenizer.decode(new int[] {Tokenizer.BEGIN})).isEmpty();
    assertThat(tokenizer.decode(new int[] {4 + 0xff})).as("0xff is never UTF-8").isEmpty();
  }

  @Test
  void namesWhatIsWrongWithAnUnreadableVocabulary() {
    assertThatThrownBy(() -> Tokenizer.fromJson("{\"pieces\":[\"61\"]}".getBytes()))
        .hasMessageContaining("1 single bytes")
        .hasMessageContaining("256");
  }

  @Test
  void readsNoPatternThatLosesTextOrTheStack() {
    String pieces = new String(BytePairTrainer.train(SHOP, 300).toJson()).replace("}", "");

    assertThatThrownBy(() -> Tokenizer.fromJson((pieces + ",\"words\":\"a*\"}").getBytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("matches nothing at all");
    assertThatThrownBy(
            () ->
                Tokenizer.fromJson(
                    (pieces + ",\"words\":\"" + "(".repeat(100_000) + "\"}").getBytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100000 characters");
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x3000) : 'a' + random.nextInt(26);
      text.appendCodePoint(random.nextInt(6) == 0 ? ' ' : codePoint);
    }
    return text.toString();
  }

  @Test
  void anotherVocabularyKeepsItsWordsThroughJson() {
    Tokenizer learned = BytePairTrainer.train(SHOP, 350);
    Pattern letters = Pattern.compile("\\p{L}|\\P{L}+");

    Tokenizer adopted = Tokenizer.of(learned.pieces(), letters);
    Tokenizer read = Tokenizer.fromJson(adopted.toJson());

    assertThat(read.words().pattern()).isEqualTo(letters.pattern());
    assertThat(read.encode("ps")).hasSize(3).isEqualTo(adopted.encode("ps"));
    assertThat(read.decode(read.encode("ps 4"))).contains("ps 4");
  }

  @Test
  void textThatNoWordMatchesIsKept() {
    List<byte[]> pieces = BytePairTrainer.train(SHOP, 350).pieces();

    Tokenizer letters = Tokenizer.of(pieces, Pattern.compile(" ?\\p{L}+"));

    assertThat(letters.decode(letters.encode("red 10\" shoes, 2x"))).contains("red 10\" shoes, 2x");
  }

  @Test
  void vocabularyThatDoesNotBeginWithAllBytesIsRefused() {
    List<byte[]> pieces = new ArrayList<>(BytePairTrainer.train(SHOP, 350).pieces());
    pieces.remove(7);

    assertThatThrownBy(() -> Tokenizer.of(pieces, Pattern.compile(".+")))
        .hasMessageContaining("255 single bytes, expected all 256");
  }
}
