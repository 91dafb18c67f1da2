package io.searchloop.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.search.suggest.Suggester;
import io.searchloop.streams.ServingConfig;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy as training leaves it, judged by the decoder of the workers. */
class PolicyLibraryIT {
  private final Dataset shop = TinyTraining.shop();

  @TempDir private Path directory;

  @Test
  void judgesAPolicyDirectoryAloneAndFused() {
    TinyTraining.run(shop, directory, Map.of()).run();
    String name = directory.toString();
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(shop.products(), 1, Bm25.DEFAULT);
        PolicyLibrary library = library(engine)) {
      List<Strategy> strategies =
          new Strategies(
                  engine, shop, SynonymDictionary.EMPTY, FusionWeights.DEFAULT, library::policy)
              .of(List.of(name, name + "+spell"), List.of(Combination.UNION, Combination.REPLACE));

      EvaluationReport report =
          new Evaluation(engine, shop, Split.TEST, 1, System::nanoTime).judge(strategies);

      PolicyFigures alone = report.of(name, Combination.REPLACE);
      PolicyFigures fused = report.of(name + "+spell", Combination.UNION);
      assertThat(report.policies()).hasSize(3);
      assertThat(fused.rewriting().unchanged()).isEqualTo(alone.rewriting().unchanged());
      assertThat(fused.rewriting().validity()).isEqualTo(alone.rewriting().validity());
      assertThat(fused.all(Metric.RECALL_AT_100).value())
          .isGreaterThan(alone.all(Metric.RECALL_AT_100).value());
      servesWhatIsJudged(engine, strategies.get(strategies.size() - 1));
      isNotJudgedByAnotherSplit(name, engine);
    }
  }

  /** Every query and a misspelling of it: the worker's page is the ranking that was judged. */
  private void servesWhatIsJudged(LuceneSearchEngine engine, Strategy judged) {
    CatalogueEpoch epoch =
        CatalogueEpoch.of(engine, ConfigBinder.defaults(ServingConfig.class).search(), List.of());
    try (Suggester ignored = epoch.suggester()) {
      for (JudgedQuery query : shop.queries()) {
        for (String typed : List.of(query.text(), query.text() + "x")) {
          RewriteChoice choice = judged.choose().apply(typed);
          ServedQuery served = epoch.search().of(typed);

          assertThat(epoch.engine().search(served.with(List.of(choice.rewrite())), 10))
              .isEqualTo(engine.search(choice.form(), 10));
        }
      }
    }
  }

  /** Sides are drawn by the seed: most of the other split's test queries were trained on. */
  private void isNotJudgedByAnotherSplit(String policy, LuceneSearchEngine engine) {
    Dataset other =
        new Dataset(
            shop.name(),
            shop.products(),
            shop.queries(),
            shop.scale(),
            shop.corrections(),
            shop.coClicks(),
            shop.problems(),
            shop.split().withSeed(shop.split().seed() + 1));
    try (PolicyLibrary library = new PolicyLibrary(engine, other, name -> Optional.empty())) {
      assertThatThrownBy(() -> library.policy(policy))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it has learned from test queries");
    }
  }

  @Test
  void saysThatADirectoryHoldsNoPolicy() {
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(shop.products(), 1, Bm25.DEFAULT);
        PolicyLibrary library = library(engine)) {
      assertThatThrownBy(() -> library.policy(directory.toString()))
          .isInstanceOf(InvalidReleaseException.class)
          .hasMessageContaining("expected a policy directory");
    }
  }

  /** Asked for directories only, it never connects. */
  private static PolicyLibrary library(LuceneSearchEngine engine) {
    return new PolicyLibrary(
        engine,
        new PublishedPolicies(Brokers.at("127.0.0.1:1"), new Serdes("http://127.0.0.1:1", false))
            ::named);
  }
}
