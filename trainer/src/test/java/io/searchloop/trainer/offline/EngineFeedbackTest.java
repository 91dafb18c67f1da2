package io.searchloop.trainer.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.relevance.RelevanceModel;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.offline.Feedback.Scores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineFeedbackTest {
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(
          List.of(product("a", "garden hose"), product("b", "leather sofa")), 1, Bm25.DEFAULT);

  /** The shopper wanted the sofa. */
  private final RelevanceModel wantsTheSofa =
      (query, products) -> products.stream().mapToDouble(id -> id.equals("b") ? 1 : 0).toArray();

  private final EngineFeedback feedback =
      new EngineFeedback(
          engine,
          wantsTheSofa,
          new EngineReward(10, .5, .1, 1, 2, false).weighted(RewardConfig.newBuilder().build()),
          new SearchRule(Combination.REPLACE, false, FusionWeights.DEFAULT).withoutCatalogue(),
          100);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void paysWhatTheRewriteFindsAndTheQueryDoesNot() {
    Scores scores =
        feedback.score(
            "settee", List.of(proposal("sofa"), proposal("hose"), new Proposal(List.of(), 3)));

    // R(y) / eps = 1 / .1, lambda g(1 / s0) = .1 log2(2); hose finds nothing relevant.
    assertThat(scores.rewards().get(0)).isCloseTo(10.1, within(1e-6));
    assertThat(scores.rewards().get(1)).isCloseTo(0, within(1e-6));
    assertThat(scores.rewards().get(2)).as("invalid").isZero();
    assertThat(scores.identity()).isZero();
  }

  @Test
  void aSetIsPaidForTheOneListThatItMakes() {
    Scores scores = feedback.score("settee", List.of(new Proposal(List.of("sofa", "hose"), 5)));

    // Two products found, one of them relevant: R(Y) = .5.
    assertThat(scores.rewards().get(0)).isCloseTo(5.1, within(1e-6));
  }

  private static Proposal proposal(String rewrite) {
    return new Proposal(List.of(rewrite), 3);
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
