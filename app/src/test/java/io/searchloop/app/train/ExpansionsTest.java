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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExpansionsTest {
  private static Dataset shop;
  private static EngineSide side;
  private static JudgedFeedback feedback;
  private static List<JudgedQuery> queries;
  private static List<WeightedPair> pairs;

  @BeforeAll
  static void tryWords() {
    shop =
        GeneratedMarketplace.generate(
            new ConfigBinder(Map.of("marketplace.products", "300", "marketplace.queries", "400"))
                .bind("marketplace", MarketplaceConfig.class));
    side = EngineSide.open(shop);
    FeedbackConfig prices = ConfigBinder.defaults(FeedbackConfig.class);
    feedback =
        new JudgedFeedback(
            side.engine(), shop, side.fused(), prices, Worth.judged(shop, prices), 1);
    queries = feedback.judged();
    pairs = new Expansions(shop, side.engine().vocabulary(), feedback, 6).pairs(queries);
  }

  @AfterAll
  static void close() {
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
  void everyQueryIsOnePair() {
    assertThat(pairs).extracting(WeightedPair::source).doesNotHaveDuplicates();
    assertThat(pairs).hasSize(queries.size());
  }

  @Test
  void mostExpandedQueriesAreBetterForIt() {
    double[] rewards =
        pairs.stream()
            .filter(pair -> !pair.source().equals(pair.target()))
            .mapToDouble(ExpansionsTest::reward)
            .toArray();

    assertThat(Arrays.stream(rewards).filter(reward -> reward > 0).count())
        .isGreaterThan(rewards.length / 2);
  }

  @Test
  void whatNothingHelpsStaysAsItIs() {
    assertThat(pairs).anyMatch(pair -> pair.source().equals(pair.target()));
  }

  private static double reward(WeightedPair pair) {
    return feedback
        .score(pair.source(), List.of(new Proposal(List.of(pair.target()), 1)))
        .rewards()
        .get(0);
  }
}
