package io.searchloop.app.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatchTest {
  private static final List<Product> SHOP =
      List.of(
          product("lamp", "Acme Floor Lamp in Brushed Nickel", "A lamp."),
          product("shade", "Lamp Shade with Floor Guard", ""),
          product("board", "Pine Board 4 ft. x 8 ft.", ""));

  private final LuceneSearchEngine engine = LuceneSearchEngine.index(SHOP, 1, Bm25.DEFAULT);
  private final CatalogueTerms catalogue = new CatalogueTerms(SHOP, engine.terms());
  private final QueryReader reader = new QueryReader(engine, catalogue);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void weighsWordsByHowRareTheyAre() {
    // "floor" and "lamp" are in two of three products, "nickel" in one.
    double common = Math.log1p(1.5 / 2.5);
    double rare = Math.log1p(2.5 / 1.5);

    Match match = match("nickel floor lamp", "shade");

    assertThat(match.coverage(ProductField.TITLE))
        .isCloseTo(2 * common / (2 * common + rare), within(1e-12));
    assertThat(match.missing()).isEqualTo(1);
    assertThat(match.rarestMissing()).isCloseTo(rare, within(1e-12));
  }

  @Test
  void takesWordsThatNoProductHasForOne() {
    Match match = match("wxyzwxyz floor qqqqqqqq lamp", "board");

    assertThat(match.query().words().length()).isEqualTo(4);
    assertThat(match.query().terms()).isEqualTo(3);
    assertThat(match.missing()).isEqualTo(3);
    assertThat(match.query().mass())
        .isCloseTo(Math.log1p(3.5 / .5) + 2 * Math.log1p(1.5 / 2.5), within(1e-12));
  }

  @Test
  void theLastOfTheDifferentWordsIsCountedWhereItStandsFirst() {
    assertThat(match("lamp nickel lamp", "lamp").query().lastRarity())
        .isEqualTo(match("lamp nickel", "lamp").query().lastRarity());
  }

  @Test
  void tellsTheThingFromWhatBelongsToIt() {
    Match lamp = match("floor lamp", "lamp");
    Match shade = match("floor lamp", "shade");

    assertThat(lamp.thingAsked()).isEqualTo(1);
    assertThat(shade.thingAsked()).isZero();
    assertThat(lamp.behindLast(ProductField.HEAD, 1)).isZero();
    assertThat(shade.behindLast(ProductField.HEAD, 1)).isEqualTo(1);
    assertThat(lamp.neighbours(ProductField.TITLE)).isEqualTo(1);
    assertThat(shade.neighbours(ProductField.TITLE)).isZero();
  }

  @Test
  void readsAMisspeltQueryAsItWasMeant() {
    assertThat(match("flor lamp", "lamp").coverage()).isEqualTo(1);
    assertThat(match("flor lamp", "lamp").bm25(ProductField.TITLE))
        .isEqualTo(match("floor lamp", "lamp").bm25(ProductField.TITLE));
  }

  @Test
  void findsNumbersWhateverTheirUnits() {
    assertThat(match("board 4x8", "board").query().typed().numbersIn(product("board").name()))
        .isEqualTo(1);
    assertThat(match("board 4x10", "board").query().typed().numbersIn(product("board").name()))
        .isEqualTo(.5);
    assertThat(match("lamp", "lamp").query().typed().numbersIn(product("lamp").name()))
        .isEqualTo(-1);
  }

  @Test
  void likensProductsToWhatIsFoundFirst() {
    Match found = match("nickel", "lamp");

    assertThat(found.query().feedback().cosine(found.title())).isCloseTo(1, within(1e-9));
    assertThat(found.query().feedback().cosine(product("board").of(ProductField.TITLE))).isZero();
  }

  @Test
  void saysNothingOfAQueryThatIsNoWord() {
    float[] row = new float[Feature.count()];

    Feature.write(match("???", "lamp"), row, 0);

    assertThat(row).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(row[Feature.COVERAGE.ordinal()]).isZero();
  }

  private Match match(String query, String id) {
    return new Match(reader.read(query), product(id), catalogue);
  }

  private ProductWords product(String id) {
    return catalogue.product(id).orElseThrow();
  }

  private static Product product(String id, String title, String description) {
    return new Product(id, title, description, "", "", Map.of());
  }
}
