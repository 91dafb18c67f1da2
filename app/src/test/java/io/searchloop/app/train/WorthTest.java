package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorthTest {
  private final JudgedQuery query = new JudgedQuery("q", "couch", 10, Map.of("a", .8, "b", .2));
  private final Worth worth =
      Worth.clicked(
          new ConfigBinder(Map.of("train.feedback.ndcg", "1", "train.feedback.recall", ".5"))
              .bind("train.feedback", FeedbackConfig.class));

  @Test
  void clicksPayTheReciprocalRankTheyWouldHaveHad() {
    assertThat(worth.of(query, List.of("x", "a", "b")))
        .isCloseTo(.8 / 2 + .2 / 3 + .5, within(1e-12));
  }

  @Test
  void whatStandsBeyondTheTenthIsFoundButNotShown() {
    List<String> ranking = new ArrayList<>(Collections.nCopies(10, "x"));
    ranking.set(1, "a");
    ranking.add("b");

    assertThat(worth.of(query, ranking)).isCloseTo(.8 / 2 + .5, within(1e-12));
  }

  @Test
  void nothingFoundIsWorthNothing() {
    assertThat(worth.of(query, List.of())).isZero();
  }
}
