package io.searchloop.trainer.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairMinerTest {
  private static final List<String> PHRASES = List.of("Garden Hose 50 ft", "Patio Umbrella Stand");
  private static final List<String> QUERIES = List.of("garden hose", "umbrella");

  @Test
  void givesEqualStreamsForEqualSeeds() {
    assertThat(pairs(miner(List.of(), List.of(), 5), 200))
        .isEqualTo(pairs(miner(List.of(), List.of(), 5), 200))
        .isNotEqualTo(pairs(miner(List.of(), List.of(), 6), 200));
  }

  @Test
  void keepsAboutAQuarterAsTheyAre() {
    List<RewritePair> pairs = pairs(miner(List.of(), List.of(), 1), 2_000);

    double identity = pairs.stream().filter(RewritePair::identity).count() / 2_000.0;

    assertThat(identity).isCloseTo(.25, within(.05));
  }

  @Test
  void drawsTargetsFromQueriesWordsAndPhraseSequences() {
    List<String> targets =
        pairs(miner(List.of(), List.of(), 1), 2_000).stream().map(RewritePair::target).toList();

    assertThat(targets)
        .contains("garden hose", "umbrella", "stand", "patio umbrella", "hose 50 ft");
    assertThat(targets).doesNotContain("ft garden", "umbrella garden");
  }

  @Test
  void drawsCoClicksInProportionToTheirWeight() {
    List<WeightedPair> coClicks =
        List.of(
            new WeightedPair("parasol", "patio umbrella", 3),
            new WeightedPair("parasol", "hose", 1));

    List<RewritePair> pairs = pairs(miner(coClicks, List.of(), 1), 4_000);
    double right =
        pairs.stream()
            .filter(p -> p.target().equals("patio umbrella") && p.source().equals("parasol"))
            .count();
    double wrong =
        pairs.stream()
            .filter(p -> p.target().equals("hose") && p.source().equals("parasol"))
            .count();

    assertThat((right + wrong) / 4_000).isCloseTo(PairMix.DEFAULT.coClicks(), within(.03));
    assertThat(right / (right + wrong)).isCloseTo(.75, within(.04));
  }

  @Test
  void teachesRealCorrections() {
    assertThat(
            pairs(
                miner(List.of(), List.of(new WeightedPair("Gardn  Hose", "garden hose", 1)), 1),
                500))
        .contains(new RewritePair("gardn hose", "garden hose"));
  }

  @Test
  void refusesAWarmStartWithoutTexts() {
    assertThatThrownBy(() -> new WarmStartText(List.of(), List.of(), List.of(), List.of()))
        .hasMessageContaining("neither phrases nor queries");
  }

  private static PairMiner miner(
      List<WeightedPair> coClicks, List<WeightedPair> corrections, long seed) {
    return new PairMiner(
        new WarmStartText(PHRASES, QUERIES, coClicks, corrections),
        PairMix.DEFAULT,
        NoiseChannel.learn(corrections),
        new Random(seed));
  }

  private static List<RewritePair> pairs(PairMiner miner, int count) {
    return Stream.generate(miner::next).limit(count).toList();
  }
}
