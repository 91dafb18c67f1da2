package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.evaluation.Interval;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
  private final Evaluation evaluation = new Evaluation(engine, dataset, Split.TEST, 3);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void findsNoDifferenceBetweenIdentityAndItself() {
    PolicyFigures identity = judge(UnaryOperator.identity());

    assertThat(identity.unchanged()).isEqualTo(1);
    assertThat(identity.union().ndcgAt10().differenceToIdentity()).isEqualTo(new Interval(0, 0, 0));
    assertThat(identity.replace()).isEqualTo(identity.union());
  }

  @Test
  void showsWhatRightWordsWouldGain() {
    PolicyFigures oracle = judge(this::rightWords);

    assertThat(oracle.union().ndcgAt10().differenceToIdentity().low()).isGreaterThan(.1);
    assertThat(oracle.union().recallAt100().differenceToIdentity().low()).isGreaterThan(.1);
    assertThat(oracle.replace().nullRate().value()).isZero();
    assertThat(oracle.replace().nullRate().differenceToIdentity().high()).isNegative();
  }

  @Test
  void showsWhatDestroyedQueriesLoseWhereTheyReplaceTheTypedOne() {
    PolicyFigures vandal = judge(query -> "xyzzy");

    assertThat(vandal.replace().ndcgAt10().value()).isZero();
    assertThat(vandal.replace().nullRate().value()).isEqualTo(1);
    assertThat(vandal.union().ndcgAt10().differenceToIdentity()).isEqualTo(new Interval(0, 0, 0));
    assertThat(vandal.unchanged()).isZero();
  }

  @Test
  void reportsAsJson() {
    EvaluationReport report = evaluation.judge(Map.of("identity", UnaryOperator.identity()));

    JsonNode json = new ObjectMapper().valueToTree(report);

    assertThat(json.at("/split").asText()).isEqualTo("TEST");
    assertThat(json.at("/queries").asInt()).isEqualTo(dataset.queries(Split.TEST).size());
    assertThat(json.at("/policies/identity/union/ndcgAt10/differenceToIdentity/low").isNumber())
        .isTrue();
  }

  @Test
  void refusesSplitWithoutRelevantProduct() {
    Dataset empty =
        new Dataset(
            "empty",
            dataset.products(),
            dataset.queries().subList(0, 0),
            dataset.scale(),
            Map.of(),
            CoClicks.NONE,
            Problems.NONE);

    assertThatThrownBy(() -> new Evaluation(engine, empty, Split.TEST, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no TEST query with a relevant product");
  }

  private PolicyFigures judge(UnaryOperator<String> rewrite) {
    return evaluation.judge(Map.of("policy", rewrite)).policies().get("policy");
  }

  /** The first co-click of a generated query is the right one; typos have their correction. */
  private String rightWords(String query) {
    String corrected = dataset.corrections().get(query);
    return corrected != null ? corrected : dataset.coClicks().of(query).keySet().iterator().next();
  }
}
