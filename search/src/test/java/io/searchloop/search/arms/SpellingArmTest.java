package io.searchloop.search.arms;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.engine.Catalogues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingArmTest {

  @Test
  void correctsWordsNoProductUses() {
    try (var engine = Catalogues.ofTitles("Milwaukee cordless drill", "paint sprayer")) {
      var spelling = new SpellingArm(engine.vocabulary());

      assertThat(spelling.rewrite("milwalkee cordles drill")).isEqualTo("milwaukee cordless drill");
    }
  }

  @Test
  void writesWholeWordsNotStems() {
    try (var engine = Catalogues.ofTitles("rechargeable batteries")) {
      assertThat(new SpellingArm(engine.vocabulary()).rewrite("rechargable bateries"))
          .isEqualTo("rechargeable batteries");
    }
  }

  @Test
  void keepsABrandFromTheMomentTheCatalogueSellsIt() {
    try (var before = Catalogues.ofTitles("botanical print", "botanicals poster");
        var after =
            Catalogues.ofTitles("botanical print", "botanicals poster", "Biotanicals cream")) {
      assertThat(new SpellingArm(before.vocabulary()).rewrite("biotanicals"))
          .isEqualTo("botanicals");
      assertThat(new SpellingArm(after.vocabulary()).rewrite("biotanicals"))
          .isEqualTo("biotanicals");
    }
  }

  /** Brands of the literature (arXiv 2410.11655), each at most two edits from another word. */
  @ParameterizedTest
  @CsvSource({"playgro,playgroup", "biotanicals,botanicals", "hygeeni,hygiene"})
  void neverCorrectsABrandFromTheMomentItIsSold(String brand, String neighbour) {
    String often = neighbour + " set";
    try (var without = Catalogues.ofTitles(often, often, often);
        var with = Catalogues.ofTitles(often, often, often, brand + " set")) {
      assertThat(new SpellingArm(without.vocabulary()).rewrite(brand)).isEqualTo(neighbour);
      assertThat(new SpellingArm(with.vocabulary()).rewrite(brand)).isEqualTo(brand);
    }
  }

  /** Scripts without blanks make words of any length. */
  @Test
  void leavesWordsThatAreTooLongForASlip() {
    String thai = "ผมกำลังหาจอห์นอยู่".repeat(14);
    try (var engine = Catalogues.ofTitles("paint sprayer", "a".repeat(200))) {
      assertThat(new SpellingArm(engine.vocabulary()).rewrite(thai)).isEqualTo(thai);
      assertThat(new SpellingArm(engine.vocabulary()).rewrite("a".repeat(199)))
          .isEqualTo("a".repeat(199));
    }
  }

  @Test
  void leavesWordsNothingResembles() {
    try (var engine = Catalogues.ofTitles("paint sprayer")) {
      assertThat(new SpellingArm(engine.vocabulary()).rewrite("xylophone")).isEqualTo("xylophone");
    }
  }

  @Test
  void keepsEverythingBetweenTheWordsAsTyped() {
    try (var engine = Catalogues.ofTitles("paint sprayer 3/8 in")) {
      assertThat(new SpellingArm(engine.vocabulary()).rewrite("  Paint, spryer (3/8\")  "))
          .isEqualTo("  Paint, sprayer (3/8\")  ");
    }
  }

  @Test
  void leavesABlankQueryBlank() {
    try (var engine = Catalogues.ofTitles("paint")) {
      assertThat(new SpellingArm(engine.vocabulary()).rewrite("")).isEmpty();
    }
  }
}
