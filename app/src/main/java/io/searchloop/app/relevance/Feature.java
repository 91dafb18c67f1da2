package io.searchloop.app.relevance;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a relevance model sees of a query and a product. Never how or where the product was found: f
 * judges what rewrites find, and must not know the rewrite. A model names its features; to add one
 * here is to train again.
 *
 * <p>Words of the query that no product has cannot be told apart: coverage, rarity and the number
 * of missing words take them for one, {@link #QUERY_WORDS} counts each. {@link #LAST_WORD_RARITY}
 * is of the last of the different words ({@link QueryReading#lastRarity}).
 */
enum Feature {
  TITLE_BM25(match -> match.bm25(ProductField.TITLE)),
  DESCRIPTION_BM25(match -> match.bm25(ProductField.DESCRIPTION)),
  ATTRIBUTES_BM25(match -> match.bm25(ProductField.ATTRIBUTES)),
  CATEGORY_BM25(match -> match.bm25(ProductField.CATEGORY)),
  TITLE_COVERAGE(match -> match.coverage(ProductField.TITLE)),
  HEAD_COVERAGE(match -> match.coverage(ProductField.HEAD)),
  DESCRIPTION_COVERAGE(match -> match.coverage(ProductField.DESCRIPTION)),
  ATTRIBUTES_COVERAGE(match -> match.coverage(ProductField.ATTRIBUTES)),
  COVERAGE(Match::coverage),
  MISSING(Match::missing),
  RAREST_MISSING(Match::rarestMissing),
  ASKED(Match::asked),
  TITLE_NEIGHBOURS(match -> match.neighbours(ProductField.TITLE)),
  DESCRIPTION_NEIGHBOURS(match -> match.neighbours(ProductField.DESCRIPTION)),
  BEHIND_FIRST(match -> match.behind(ProductField.TITLE, 0)),
  BEHIND_LAST(match -> match.behindLast(ProductField.TITLE, 1)),
  BEHIND_LAST_BUT_ONE(match -> match.behindLast(ProductField.TITLE, 2)),
  HEAD_BEHIND_LAST(match -> match.behindLast(ProductField.HEAD, 1)),
  HEAD_BEHIND_LAST_BUT_ONE(match -> match.behindLast(ProductField.HEAD, 2)),
  THING_ASKED(Match::thingAsked),
  FIRST_ASKED(Match::firstAsked),
  BRAND_ASKED(Match::brandAsked),
  NUMBERS_FOUND(match -> match.query().typed().numbersIn(match.product().name())),
  NUMBERS_ASKED(match -> match.query().typed().numbers()),
  TITLE_NUMBERS(match -> match.product().name().numbers()),
  TYPED_TRIGRAMS(match -> match.query().typed().containedIn(match.product().name())),
  CORRECTED_TRIGRAMS(match -> match.query().corrected().containedIn(match.product().name())),
  NAME_TRIGRAMS(match -> match.product().name().containedIn(match.query().corrected())),
  FEEDBACK(match -> match.query().feedback().cosine(match.title())),
  QUERY_WORDS(match -> match.query().words().length()),
  QUERY_TRIGRAMS(match -> match.query().typed().size()),
  QUERY_RARITY(match -> match.query().mass()),
  RAREST_WORD(match -> match.query().rarest()),
  LAST_WORD_RARITY(match -> match.query().lastRarity()),
  TITLE_WORDS(match -> match.title().length()),
  PRODUCT_WORDS(match -> match.product().length());

  private static final List<Feature> ALL = List.of(values());

  private final ToDoubleFunction<Match> value;

  Feature(ToDoubleFunction<Match> value) {
    this.value = value;
  }

  /** How many there are: the width of a row. */
  static int count() {
    return ALL.size();
  }

  /** Names in the order of a row. */
  static List<String> names() {
    return ALL.stream().map(feature -> feature.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Writes the row of a match to where it begins. */
  static void write(Match match, float[] rows, int begin) {
    for (Feature feature : ALL) {
      rows[begin + feature.ordinal()] = (float) feature.value.applyAsDouble(match);
    }
  }
}
