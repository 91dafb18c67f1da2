package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TyposTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void makesEveryKindOfTypoInItsShare() {
    String right = "leather wardrobe";
    Map<String, Long> kinds =
        IntStream.range(0, 4000)
            .mapToObj(i -> Typos.misspell(right, random))
            .collect(Collectors.groupingBy(typo -> kind(right, typo), Collectors.counting()));

    assertThat(kinds.get("join")).isBetween(420L, 620L);
    assertThat(kinds.get("split")).isBetween(380L, 580L);
    assertThat(kinds.get("letters")).isBetween(2850L, 3150L);
  }

  @Test
  void keepsTheLettersOfTransposedWords() {
    long transposed =
        Stream.generate(() -> Typos.misspell("cupboard", random))
            .limit(1000)
            .filter(typo -> sorted(typo).equals(sorted("cupboard")) && !typo.contains(" "))
            .count();

    // A quarter, and without a second word to join those too.
    assertThat(transposed).isBetween(320L, 440L);
  }

  @Test
  void leavesShortWordsAlone() {
    assertThat(Typos.misspell("red rug", random)).isEqualTo("red rug");
  }

  private static String kind(String right, String typo) {
    int spaces = typo.length() - typo.replace(" ", "").length();
    return spaces == 0 ? "join" : spaces == 2 ? "split" : typo.equals(right) ? "none" : "letters";
  }

  private static String sorted(String text) {
    return text.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
  }
}
