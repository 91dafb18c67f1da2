package io.searchloop.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpansionsTest {
  private final Dataset shop =
      GeneratedMarketplace.generate(
          new ConfigBinder(Map.of("marketplace.products", "300", "marketplace.queries", "400"))
              .bind("marketplace", MarketplaceConfig.class));
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
  void expandsByOneTitleWordOfProductsThatQueriesAlikeWant() {
    List<WeightedPair> expanded =
        pairs.stream().filter(pair -> !pair.source().equals(pair.target())).toList();
    String titles =
        shop.products().stream()
            .map(product -> QueryText.normalise(product.title()))
            .collect(Collectors.joining(" "));

    assertThat(expanded).isNotEmpty();
    for (WeightedPair pair : expanded) {
      assertThat(pair.target()).startsWith(pair.source() + " ");
      String word = pair.target().substring(pair.source().length() + 1);
      assertThat(word).doesNotContain(" ");
      assertThat(titles).contains(word);
      assertThat(pair.source().split(" ")).doesNotContain(word);
    }
  }

  @Test
  void everyQueryIsOnePairAndMostAreBetterForIt() {
    assertThat(pairs).extracting(WeightedPair::source).doesNotHaveDuplicates();
    assertThat(pairs).hasSize(queries.size());
    assertThat(pairs.stream().mapToDouble(this::reward).sum())
        .as("expected gains are real ones")
        .isPositive();
  }

  @Test
  void whatNothingHelpsStaysAsItIs() {
    assertThat(pairs).anyMatch(pair -> pair.source().equals(pair.target()));
  }

  private double reward(WeightedPair pair) {
    return feedback
        .score(pair.source(), List.of(new Proposal(List.of(pair.target()), 1)))
        .rewards()
        .get(0);
  }
}
