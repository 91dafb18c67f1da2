package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuerySplitTest {
  private static final int SOFA_HASH = 0xd32ce7bf;

  @Test
  void keepsNearDuplicatesOnOneSide() {
    List<String> texts = List.of("fence posts", "post fence", "fece posts");
    for (long seed = 0; seed < 20; seed++) {
      QuerySplit split = QuerySplit.of(texts, seed);

      assertThat(texts.stream().map(split::of).distinct()).hasSize(1);
    }
  }

  @Test
  void putsAboutSevenTenthsInTrainAndAFifthInTest() {
    List<String> texts = IntStream.range(0, 10_000).mapToObj(i -> "query " + i).toList();
    QuerySplit split = QuerySplit.of(texts, 1);

    Map<Split, Long> counts =
        texts.stream().collect(Collectors.groupingBy(split::of, Collectors.counting()));

    assertThat(counts.get(Split.TRAIN)).isBetween(7_000L, 7_400L);
    assertThat(counts.get(Split.DEV)).isBetween(700L, 900L);
    assertThat(counts.get(Split.TEST)).isBetween(1_850L, 2_150L);
  }

  @Test
  void anotherSeedIsAnotherSplitOfTheSameClusters() {
    List<String> texts = IntStream.range(0, 100).mapToObj(i -> "query " + i).toList();
    QuerySplit one = QuerySplit.of(texts, 1);
    QuerySplit two = one.withSeed(2);

    assertThat(sides(texts, two)).isNotEqualTo(sides(texts, one));
    assertThat(sides(texts, two.withSeed(1))).isEqualTo(sides(texts, one));
  }

  @Test
  void dependsOnNormalisedTextOnly() {
    QuerySplit split = QuerySplit.of(List.of(), 1);
    for (int i = 0; i < 50; i++) {
      assertThat(split.of("  Red   SOFA " + i)).isEqualTo(split.of("red sofa " + i));
    }
  }

  /**
   * First 32 bits of `printf sofa | sha256sum`; a change would mix up train and test of old runs.
   */
  @Test
  void hashNeverChanges() {
    assertThat(Split.hash("sofa")).isEqualTo(SOFA_HASH);
  }

  private static List<Split> sides(Collection<String> texts, QuerySplit split) {
    return texts.stream().map(split::of).toList();
  }
}
