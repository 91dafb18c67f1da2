package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Puts intents into shoppers' words, in four ways: as the catalogue says it, in words it never uses
 * (the vocabulary gap), with a typo, and as brand and noun. Along the way it writes the history
 * that goes with them: corrections of the typos and co-clicks.
 *
 * <p>Built once by {@link GeneratedMarketplace}; used by one thread.
 */
final class Phrasings {
  private static final int MISSES_IN_A_ROW = 1000;
  private static final double BRAND_SHARE_OF_PLAIN = .4;
  private static final List<Facet.Kind> FACETS =
      List.of(Facet.Kind.NONE, Facet.Kind.NONE, Facet.Kind.MATERIAL, Facet.Kind.COLOUR);
  private static final List<Facet.Kind> ANY_FACET =
      List.of(Facet.Kind.MATERIAL, Facet.Kind.COLOUR, Facet.Kind.BRAND);

  private final List<StockedProduct> stock;
  private final Map<ProductType, List<StockedProduct>> byType;
  private final RandomGenerator random;
  private final CoClickHistory history;
  private final Set<String> catalogueWords = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private final List<JudgedQuery> queries = new ArrayList<>();
  private final Map<String, String> corrections = new LinkedHashMap<>();

  Phrasings(List<StockedProduct> stock, RandomGenerator random) {
    this.stock = stock;
    this.byType =
        stock.stream()
            .collect(
                Collectors.groupingBy(
                    StockedProduct::type, LinkedHashMap::new, Collectors.toList()));
    this.random = random;
    this.history = new CoClickHistory(stock, random);
    for (StockedProduct item : stock) {
      String text = item.product().title() + " " + item.product().category();
      catalogueWords.addAll(List.of(text.toLowerCase(Locale.ROOT).split(" ")));
    }
  }

  List<JudgedQuery> queries() {
    return List.copyOf(queries);
  }

  Map<String, String> corrections() {
    return corrections;
  }

  CoClicks coClicks() {
    return history.toCoClicks();
  }

  /**
   * Adds queries in words the catalogue never uses. About every other repeats the word of an
   * earlier one with a property added, so that what is learned from one can help the other.
   */
  void addVocabularyGaps(int count) {
    List<Gap> gaps =
        byType.keySet().stream()
            .flatMap(type -> type.gapPhrases().stream().map(phrase -> new Gap(type, phrase)))
            .toList();
    List<Gap> used = Draw.shuffled(gaps, random).subList(0, Math.min(gaps.size(), count / 2));
    used.forEach(gap -> add(new Intent(gap.type(), Facet.NONE), gap.phrase()));
    fill(
        count - used.size(),
        "vocabulary gaps",
        () -> {
          Gap gap = Draw.one(used, random);
          add(intent(gap.type(), Draw.one(ANY_FACET, random)), gap.phrase());
        });
  }

  /** Adds misspelt queries; every one has at least one word that the catalogue lacks. */
  void addTypos(int count) {
    fill(count, "typos", this::addTypo);
  }

  private void addTypo() {
    Intent intent = intent(anyType(), Draw.one(ANY_FACET, random));
    String right = intent.cataloguePhrase();
    String typo = Typos.misspell(right, random);
    if (!catalogueWords.containsAll(List.of(typo.split(" "))) && taken.add(typo)) {
      corrections.put(typo, right);
      queries.add(judged(intent, typo));
    }
  }

  /** Adds queries as the catalogue says it; some of them brand and noun. */
  void addPlain(int count) {
    fill(
        count,
        "plain queries",
        () -> {
          boolean branded = random.nextDouble() < BRAND_SHARE_OF_PLAIN;
          Facet.Kind kind = branded ? Facet.Kind.BRAND : Draw.one(FACETS, random);
          Intent intent = intent(anyType(), kind);
          add(intent, intent.type().noun());
        });
  }

  private void add(Intent intent, String noun) {
    String text = intent.phrase(noun);
    if (taken.add(text)) {
      queries.add(judged(intent, text));
      history.add(intent, noun);
    }
  }

  private JudgedQuery judged(Intent intent, String text) {
    return new JudgedQuery("gq" + (queries.size() + 1), text, 1, intent.judge(stock));
  }

  private ProductType anyType() {
    return Draw.one(stock, random).type();
  }

  /** An intent that at least one product satisfies. */
  private Intent intent(ProductType type, Facet.Kind kind) {
    List<StockedProduct> ofType = Objects.requireNonNull(byType.get(type));
    return new Intent(type, Draw.one(ofType, random).facet(kind));
  }

  /** Gives up once new words have become so rare that none turns up in a thousand attempts. */
  private void fill(int count, String what, Runnable attempt) {
    int target = queries.size() + count;
    int misses = 0;
    while (queries.size() < target) {
      int before = queries.size();
      attempt.run();
      misses = queries.size() > before ? 0 : misses + 1;
      if (misses > MISSES_IN_A_ROW) {
        throw new IllegalArgumentException(
            "The generated shop has too few words for "
                + count
                + " distinct "
                + what
                + ". Ask for fewer queries, or for more products.");
      }
    }
  }

  private record Gap(ProductType type, String phrase) {}
}
