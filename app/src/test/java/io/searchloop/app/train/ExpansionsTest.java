package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpansionsTest {
  private final Dataset shop = TinyTraining.shop();
  private final EngineSide side = EngineSide.open(shop);
  private final JudgedFeedback feedback =
      new JudgedFeedback(
          side.engine(),
          shop,
          side.fused(),
          new ConfigBinder(Map.of()).bind("train.feedback", FeedbackConfig.class),
          1);
  private final Map<String, JudgedQuery> queries =
      feedback.judged().stream()
          .collect(
              Collectors.toMap(
                  query -> QueryText.normalise(query.text()), q -> q, (one, other) -> one));
  private final List<WeightedPair> pairs =
      new Expansions(shop, side.engine().vocabulary(), feedback, 6)
          .pairs(List.copyOf(queries.values()));

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void expandsByOneTitleWordOfARelevantProductThatIsRewarded() {
    List<WeightedPair> expanded =
        pairs.stream().filter(pair -> !pair.source().equals(pair.target())).toList();

    assertThat(expanded).isNotEmpty();
    for (WeightedPair pair : expanded) {
      assertThat(pair.target()).startsWith(pair.source() + " ");
      String word = pair.target().substring(pair.source().length() + 1);
      assertThat(word).doesNotContain(" ");
      Set<String> relevant = shop.relevant(queries.get(pair.source()));
      assertThat(shop.products())
          .filteredOn(product -> relevant.contains(product.id()))
          .extracting(Product::title)
          .anyMatch(title -> QueryText.normalise(title).contains(word));
      assertThat(reward(pair)).isPositive();
    }
  }

  @Test
  void aQueryWeighsOneHoweverManyWordsHelpIt() {
    pairs.stream()
        .collect(
            Collectors.groupingBy(
                WeightedPair::source, Collectors.summingDouble(WeightedPair::weight)))
        .forEach((query, weight) -> assertThat(weight).as(query).isCloseTo(1, within(1e-9)));
  }

  @Test
  void whatNothingHelpsStaysAsItIs() {
    List<WeightedPair> kept =
        pairs.stream().filter(pair -> pair.source().equals(pair.target())).toList();

    assertThat(kept).isNotEmpty();
    assertThat(kept)
        .allSatisfy(
            pair ->
                assertThat(pairs)
                    .filteredOn(other -> other.source().equals(pair.source()))
                    .hasSize(1));
  }

  private double reward(WeightedPair pair) {
    return feedback
        .score(pair.source(), List.of(new Proposal(List.of(pair.target()), 1)))
        .rewards()
        .get(0);
  }
}
