package io.searchloop.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.reward.engine.RetrievedRewrite;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetrieveGroupTest {
  @Test
  void neverSearchesWhatARuleOfTheShopRefuses() {
    AtomicInteger searches = new AtomicInteger();
    Decision decision =
        EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, "drill", "lamp");
    decision.getCandidates().get(1).put("refused_by", "block lamp");
    decision.getCandidates().get(1).put("trainable", false);
    try (SearchBackend backend = new TestBackend(searches::incrementAndGet).opening().get()) {
      RetrieveGroup.Retrieved retrieved =
          new RetrieveGroup(backend, ConfigBinder.defaults(EngineRewardConfig.class))
              .retrieve(decision);

      assertThat(searches).hasValue(2);
      assertThat(retrieved.group().rewrites())
          .extracting(RetrievedRewrite::valid)
          .containsExactly(true, false);
      assertThat(retrieved.group().rewrites().get(1).products()).isEmpty();
    }
  }
}
