package io.searchloop.search.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SynonymArmTest {
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(
          List.of(
              product("station", "PlayStation 4 games bundle"),
              product("short", "PS 4 game"),
              product("pencil", "PS pencil 4 pack")),
          1,
          Bm25.DEFAULT);
  private final SynonymDictionary dictionary =
      SynonymDictionary.parse(
          List.of("# consoles", "ps 4, playstation 4", "games, game", "sofa => couch"));
  private final SynonymArm arm = new SynonymArm(engine.vocabulary(), dictionary);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void writesTheBooleanFormOfAQuery() {
    assertThat(arm.booleanForm("ps 4 games"))
        .hasToString("((ps 4 OR playstation 4) AND (games OR game))");
    assertThat(arm.booleanForm("PS 4 games new"))
        .hasToString("((ps 4 OR playstation 4) AND (games OR game) AND new)");
  }

  @Test
  void booleanFormFindsWhatMeetsEveryGroup() {
    assertThat(engine.search(arm.booleanForm("ps 4 games"), 10).productIds())
        .containsExactlyInAnyOrder("station", "short");
    assertThat(engine.search(arm.booleanForm("ps 4 sofa"), 10).totalHits()).isZero();
  }

  @Test
  void booleanFormOfStopWordsFindsNothing() {
    assertThat(engine.search(arm.booleanForm("the"), 10).totalHits()).isZero();
  }

  @Test
  void addsAlternativesBehindTheQuery() {
    assertThat(arm.rewrite("ps 4 sofa")).isEqualTo("ps 4 sofa playstation 4 couch");
    assertThat(arm.rewrite("couch")).isEqualTo("couch");
  }

  @Test
  void refusesALineThatSaysNothing() {
    assertThat(SynonymDictionary.parse(List.of("no 8 screw, #8 screw")).of("no 8 screw"))
        .containsExactly("#8 screw"); // as Solr and Elasticsearch read it
    assertThatThrownBy(() -> SynonymDictionary.parse(List.of("a, b", "alone")))
        .hasMessageContaining("line 2 is \"alone\", expected `a, b` or `a => b`");
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
