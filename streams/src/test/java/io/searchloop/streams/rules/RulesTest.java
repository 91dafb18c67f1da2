package io.searchloop.streams.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private final Rules rules =
      new RulesFile(Path.of("shop.rules"))
          .parse(
              """
              keep makita
              keep black & decker
              keep-model-numbers
              block replica
              block hand gun
              block-rewrite cheap sofa
              pin Couch  => sofa couch
              never-rewrite gift card
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "makita drill      | dewalt drill        | keep makita",
        "Makita drill      | drill by MAKITA     | ",
        "drill             | dewalt drill        | ",
        "black decker saw  | saw black           | keep black decker",
        "Black+Decker saw  | black & decker saw  | ",
        "wd-40 spray       | lubricant spray     | keep-model-numbers",
        "wd-40 spray       | wd40 lubricant      | ",
        "WD40              | wd 40               | ",
        "wd40              | wd400               | keep-model-numbers",
        "2 in bolt         | bolt                | ",
        "watch             | replica watch       | block replica",
        "replica watch     | a Replica           | block replica",
        "watch             | replicas            | ",
        "toy               | toy hand gun        | block hand gun",
        "toy               | gun in hand         | ",
        "sofa              | Cheap, sofa!        | block-rewrite cheap sofa",
        "sofa              | cheap sofa bed      | ",
      })
  void refusesRewritesByTheirWords(String query, String rewrite, String rule) {
    assertThat(rules.refusal(query, rewrite).map(RefusedBy::rule).orElse(null)).isEqualTo(rule);
  }

  @Test
  void decidesQueriesHoweverTheyAreTyped() {
    assertThat(rules.fixed(" COUCH").orElseThrow().rewrite()).contains("sofa couch");
    assertThat(rules.fixed("gift  Card").orElseThrow().rewrite()).isEmpty();
    assertThat(rules.fixed("red couch")).isEmpty();
  }

  @Test
  void blocksTextsThatHaveNoQuery() {
    assertThat(rules.blocked("replica watch")).isPresent();
    assertThat(rules.blocked("dewalt drill")).isEmpty();
  }

  @Test
  void aShopWithoutRulesRefusesNothing() {
    assertThat(Rules.NONE.refusal("makita wd40", "x")).isEmpty();
    assertThat(Rules.NONE.fixed("couch")).isEmpty();
  }
}
