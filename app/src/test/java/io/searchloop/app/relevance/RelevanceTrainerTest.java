package io.searchloop.app.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.dataset.Split;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.relevance.RelevanceModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevanceTrainerTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void agreesWithJudgmentsOfQueriesItNeverRead() {
    try (RelevanceModel model = open(train(dataset))) {
      JudgeAgreement found = JudgeAgreement.of(model, dataset, dataset.queries(Split.TEST), 1);

      assertThat(found.overall().low()).isGreaterThan(.6);
      assertThat(model.relevance("anything", List.of("no such product"))).containsExactly(0);
    }
  }

  @Test
  void learnsTheSameFromTheSame() {
    assertThat(train(dataset)).isEqualTo(train(dataset));
  }

  @Test
  void aQueryIsReadTheSameHoweverManyHitsAreAskedFor() {
    QueryReader reader =
        new QueryReader(engine, new CatalogueTerms(dataset.products(), engine.terms()));

    for (JudgedQuery query : dataset.queries(Split.DEV)) {
      List<Hit> few = reader.find(query.text(), QueryReader.FEEDBACK_HITS).hits();

      assertThat(reader.find(query.text(), Reranker.DEPTH).hits())
          .startsWith(few.toArray(Hit[]::new));
    }
  }

  @Test
  void doesNotReadTestJudgments() {
    List<JudgedQuery> lies = new ArrayList<>();
    for (JudgedQuery query : dataset.queries()) {
      lies.add(dataset.split().of(query.text()) == Split.TEST ? inverted(query) : query);
    }
    Dataset lying =
        new Dataset(
            dataset.name(),
            dataset.products(),
            lies,
            dataset.scale(),
            dataset.corrections(),
            dataset.coClicks(),
            dataset.problems(),
            dataset.split());

    assertThat(train(lying)).isEqualTo(train(dataset));
  }

  @Test
  void learnsFromGradesThatSomebodyElseGave() {
    List<JudgedQuery> lies =
        dataset.queries(Split.TRAIN).stream().map(RelevanceTrainerTest::inverted).toList();
    List<JudgedQuery> watched = lies.subList(0, lies.size() / 4);
    List<JudgedQuery> lessons = lies.subList(lies.size() / 4, lies.size());
    RelevanceTrainer trainer = new RelevanceTrainer(dataset, engine, 0, 7);

    SavedRelevance saved = trainer.learn(lessons, watched);

    assertThat(saved.unjudged()).isZero();
    assertThat(saved.weight()).isZero();
    try (RelevanceModel model = trainer.model(saved)) {
      JudgeAgreement found = JudgeAgreement.of(model, dataset, dataset.queries(Split.TEST), 1);
      assertThat(found.overall().high())
          .as("what was learned is the wrong way round")
          .isLessThan(.5);
    }
  }

  @Test
  void judgesTheSameOnceSavedAndRead(@TempDir Path directory) {
    SavedRelevance trained = train(dataset);
    Path file = directory.resolve("models").resolve("relevance.json");

    trained.write(file);

    assertThat(SavedRelevance.read(file)).isEqualTo(trained);
    JudgedQuery query = dataset.queries(Split.TEST).get(0);
    List<String> products = List.copyOf(query.grades().keySet());
    try (RelevanceModel one = open(trained);
        RelevanceModel other = open(SavedRelevance.read(file))) {
      assertThat(other.relevance(query.text(), products))
          .containsExactly(one.relevance(query.text(), products));
    }
  }

  @Test
  void refusesWhatItCannotUse(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("relevance.json");
    train(dataset).write(file);
    Files.writeString(file, Files.readString(file).replace("title_coverage", "title_colour"));

    assertThatThrownBy(() -> SavedRelevance.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Train it again");
    assertThatThrownBy(() -> train(dataset.without(dataset.queries())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no judged TRAIN query");
  }

  private SavedRelevance train(Dataset shop) {
    return new RelevanceTrainer(shop, engine, RelevanceTrainer.UNJUDGED, 7).train();
  }

  private RelevanceModel open(SavedRelevance saved) {
    return LearnedRelevance.of(saved, dataset.products(), engine);
  }

  private static JudgedQuery inverted(JudgedQuery query) {
    TreeMap<String, Double> grades = new TreeMap<>(query.grades());
    grades.replaceAll((product, grade) -> 3 - grade);
    return new JudgedQuery(query.id(), query.text(), query.popularity(), grades);
  }
}
