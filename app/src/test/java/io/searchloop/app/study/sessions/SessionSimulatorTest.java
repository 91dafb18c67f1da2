package io.searchloop.app.study.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.warmstart.NoiseChannel;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SessionSimulatorTest {
  private static final Dataset SHOP = TinyTraining.shop();

  @Test
  void sessionsEndWithAWellSpeltQueryThatHasTheProduct() {
    Map<String, JudgedQuery> queries =
        SHOP.queries().stream()
            .collect(Collectors.toMap(query -> QueryText.normalise(query.text()), query -> query));

    List<ShoppingSession> sessions = sessions(Split.TRAIN, 1);

    assertThat(sessions).hasSizeGreaterThan(30);
    assertThat(sessions)
        .allSatisfy(
            session -> {
              JudgedQuery ending = queries.get(session.next());
              assertThat(SHOP.relevant(ending)).contains(session.product());
              assertThat(SHOP.corrections()).doesNotContainKey(ending.text());
              assertThat(session.earlier()).hasSizeBetween(1, 3).doesNotContain(session.last());
              assertThat(session.kind()).isNotEmpty();
            });
  }

  @Test
  void sessionsToLearnFromHaveNoQueryOfTheOtherSides() {
    Set<String> heldOut = new HashSet<>();
    SHOP.queries(Split.TEST).forEach(query -> heldOut.add(QueryText.normalise(query.text())));
    SHOP.queries(Split.DEV).forEach(query -> heldOut.add(QueryText.normalise(query.text())));

    assertThat(sessions(Split.TRAIN, 1)).noneMatch(session -> heldOut.contains(session.next()));
    assertThat(sessions(Split.TEST, 1)).allMatch(session -> heldOut.contains(session.next()));
  }

  @Test
  void equalSeedsGiveEqualSessions() {
    assertThat(sessions(Split.TEST, 1)).isEqualTo(sessions(Split.TEST, 1));
    assertThat(sessions(Split.TEST, 1)).isNotEqualTo(sessions(Split.TEST, 2));
  }

  @Test
  void lessonsShowEachStudentItsOwnPartOfASession() {
    ShoppingSession session =
        new ShoppingSession(List.of("sofa", "red"), "red sofa", "red corner sofa", "p1", "couch");
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(SHOP.products(), 1, Bm25.DEFAULT)) {
      QueryAnnotations annotations = new QueryAnnotations(engine, SHOP.products());

      assertThat(lesson(ContextKind.LAST, session, annotations))
          .isEqualTo(QueryContext.of("red sofa"));
      assertThat(lesson(ContextKind.SESSION, session, annotations).session())
          .containsExactly("sofa", "red");
      assertThat(lesson(ContextKind.ANNOTATIONS, session, annotations).session()).isEmpty();
      assertThat(lesson(ContextKind.SESSION_INTENT, session, annotations))
          .isEqualTo(lesson(ContextKind.SESSION, session, annotations));
    }
  }

  @Test
  void intentsAreAskedForByAPromptOfTheirOwn() {
    ShoppingSession session =
        new ShoppingSession(List.of("sofa"), "red sofa", "red corner sofa", "p1", "couch");
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(SHOP.products(), 1, Bm25.DEFAULT)) {
      SessionLessons lessons =
          new SessionLessons(
              ContextKind.SESSION_INTENT,
              List.of(session),
              new QueryAnnotations(engine, SHOP.products()));

      List<WeightedPair> pairs = lessons.pairs();

      assertThat(pairs)
          .extracting(WeightedPair::target)
          .containsExactly("red corner sofa", "couch");
      assertThat(lessons.of(pairs.get(1).source()))
          .isEqualTo(
              new QueryContext("red sofa", "", List.of("kind ?"), List.of("sofa"), List.of()));
      assertThat(lessons.of("red sofa")).isEqualTo(QueryContext.of("red sofa"));
    }
  }

  @Test
  void annotationsNameTheKindThatTheCatalogueFindsAndTheBrandThatIsTyped() {
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(SHOP.products(), 1, Bm25.DEFAULT)) {
      String brand = SHOP.products().get(0).brand();
      String title = QueryText.normalise(SHOP.products().get(0).title());
      String category = QueryText.normalise(SHOP.products().get(0).category());

      assertThat(new QueryAnnotations(engine, SHOP.products()).of(title))
          .containsExactly("kind " + category, "brand " + QueryText.normalise(brand));
      assertThat(new QueryAnnotations(engine, SHOP.products()).of("zzzz")).isEmpty();
    }
  }

  private static QueryContext lesson(
      ContextKind kind, ShoppingSession session, QueryAnnotations annotations) {
    SessionLessons lessons = new SessionLessons(kind, List.of(session), annotations);
    return lessons.of(lessons.pairs().get(0).source());
  }

  private static List<ShoppingSession> sessions(Split side, long seed) {
    return new SessionSimulator(SHOP, side, NoiseChannel.generic(), new RandomState(seed))
        .sessions(1);
  }
}
