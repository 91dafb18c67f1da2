package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.evaluation.RankingMetrics;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.offline.Feedback.Scores;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgedFeedbackTest {
  private final Dataset shop = TinyTraining.shop();
  private final EngineSide side = EngineSide.open(shop);
  private final FeedbackConfig prices =
      new ConfigBinder(Map.of()).bind("train.feedback", FeedbackConfig.class);
  private final JudgedFeedback feedback =
      new JudgedFeedback(side.engine(), shop, side.fused(), prices, Worth.judged(shop, prices), 1);

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void whatAddsNothingEarnsNothing() {
    String query = feedback.queries().get(0);

    Scores scores = feedback.score(query, List.of(says(query), says()));

    assertThat(scores.identity()).isZero();
    assertThat(scores.rewards()).containsExactly(0.0, -1.0);
  }

  @Test
  void paysTheDifferenceInTheServedQueryLessThePriceOfNewWords() {
    JudgedQuery query = judged().get(0);
    String text = QueryText.normalise(query.text());
    String best =
        side.engine().search(side.fused().of(text).with(List.of()), 1).productIds().get(0);
    String title =
        shop.products().stream()
            .filter(product -> !product.id().equals(best))
            .filter(product -> !shop.relevant(query).contains(product.id()))
            .findFirst()
            .orElseThrow()
            .title();
    Set<String> added = words(title);
    added.removeAll(words(text));
    added.removeAll(words(side.fused().of(text).corrected()));

    double reward = feedback.score(text, List.of(says(title))).rewards().get(0);

    double ndcg = ndcg(query, text, List.of(title)) - ndcg(query, text, List.of());
    double recall = recall(query, text, List.of(title)) - recall(query, text, List.of());
    assertThat(added).isNotEmpty();
    assertThat(reward).isCloseTo(ndcg + .5 * recall - .01 * added.size(), within(1e-12));
  }

  @Test
  void learnsFromTrainQueriesAndMisspellingsThatNobodyTyped() {
    Set<String> typed =
        shop.queries().stream()
            .map(query -> QueryText.normalise(query.text()))
            .collect(Collectors.toSet());
    Set<String> train =
        judged().stream()
            .map(query -> QueryText.normalise(query.text()))
            .collect(Collectors.toSet());
    List<String> queries = feedback.queries();

    assertThat(queries.subList(0, train.size())).containsExactlyInAnyOrderElementsOf(train);
    assertThat(queries.subList(train.size(), queries.size()))
        .hasSizeGreaterThan(2 * train.size())
        .doesNotContainAnyElementsOf(typed);
  }

  @Test
  void refusesAQueryThatNobodyJudged() {
    assertThatThrownBy(() -> feedback.score("hovercraft full of eels", List.of(says("eels"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hovercraft full of eels has no judgments");
  }

  private List<JudgedQuery> judged() {
    return shop.queries(Split.TRAIN).stream()
        .filter(query -> shop.gains(query).values().stream().anyMatch(gain -> gain > 0))
        .toList();
  }

  private double ndcg(JudgedQuery query, String text, List<String> rewrites) {
    return RankingMetrics.ndcg(found(text, rewrites), shop.gains(query), 10);
  }

  private double recall(JudgedQuery query, String text, List<String> rewrites) {
    return RankingMetrics.recall(found(text, rewrites), shop.relevant(query), 100);
  }

  private List<String> found(String text, List<String> rewrites) {
    return side.engine().search(side.fused().of(text).with(rewrites), 100).productIds();
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(QueryText.normalise(text).split(" ")));
  }

  private static Proposal says(String... rewrites) {
    return new Proposal(List.of(rewrites), 4);
  }
}
