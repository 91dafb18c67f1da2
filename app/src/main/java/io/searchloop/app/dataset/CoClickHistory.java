package io.searchloop.app.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Invents the shop's past: which phrases shared clicks with a query. For a shopper's word the right
 * catalogue phrase is there, but {@value #WRONG_PHRASES} wrong ones of the same department are at
 * least as frequent, so a model trained on the counts alone stays undecided and only reward can
 * tell which is right. For a catalogue word the right phrase is the query itself and prevails.
 */
final class CoClickHistory {
  static final int WRONG_PHRASES = 3;
  private static final int FEWEST = 20;
  private static final int SPREAD = 20;

  private final List<ProductType> types;
  private final RandomGenerator random;
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();

  CoClickHistory(List<StockedProduct> stock, RandomGenerator random) {
    this.types = stock.stream().map(StockedProduct::type).distinct().toList();
    this.random = random;
  }

  /** Adds the history of a query that put the intent into words by the given noun. */
  void add(Intent intent, String noun) {
    boolean gap = !noun.equals(intent.type().noun());
    int right = FEWEST + random.nextInt(SPREAD);
    Map<String, Integer> targets = new LinkedHashMap<>();
    targets.put(intent.cataloguePhrase(), right);
    List<ProductType> others =
        types.stream()
            .filter(type -> type.department().equals(intent.type().department()))
            .filter(type -> !type.equals(intent.type()))
            .toList();
    List<ProductType> wrong = Draw.shuffled(others, random);
    for (ProductType type : wrong.subList(0, Math.min(WRONG_PHRASES, wrong.size()))) {
      int count = gap ? right + random.nextInt(1 + right / 4) : 1 + random.nextInt(3);
      targets.put(intent.phrase(type.noun()), count);
    }
    counts.put(intent.phrase(noun), targets);
  }

  CoClicks toCoClicks() {
    return new CoClicks(counts);
  }
}
