package io.searchloop.app.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.train.EngineSide;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.trainer.offline.Feedback;
import io.searchloop.trainer.offline.Feedback.Proposal;
import io.searchloop.trainer.offline.Feedback.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgeFeedbackTest {
  private static final JudgeWeights WEIGHTS = new JudgeWeights(1, .2, 1, -1);

  private final Dataset shop = TinyTraining.shop();
  private final EngineSide side = EngineSide.open(shop);
  private final JudgedQuery query = shop.queries(Split.TRAIN).get(0);
  private final String text = QueryText.normalise(query.text());

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void weighsRelevanceNewProductsAndEngagement() {
    Judge judge = (typed, pages) -> pages.stream().map(page -> opinion(.5)).toList();

    Scores scores = feedback(judge).score(text, List.of(says(text), says("")));

    double engagement = new Opinion(.5, .5, .5, .5).engagement();
    assertThat(engagement).isCloseTo(.5, within(1e-12));
    assertThat(scores.rewards()).containsExactly(.5 + engagement, -1.0);
    assertThat(scores.identity()).as("nothing is new on the page itself").isEqualTo(1.0);
  }

  @Test
  void judgesEqualRewritesOnceBesideThePageWithoutOne() {
    List<Integer> asked = new ArrayList<>();
    Judge judge =
        (typed, pages) -> {
          asked.add(pages.size());
          return pages.stream().map(page -> opinion(1)).toList();
        };

    feedback(judge).score(text, List.of(says("red lamp"), says("red lamp"), says("sofa")));

    assertThat(asked).containsExactly(3);
  }

  @Test
  void doesNotAskAboutAnswersThatTeachNothing() {
    Judge judge =
        (typed, pages) -> {
          throw new AssertionError("was asked");
        };
    JudgeFeedback feedback = feedback(judge);

    Scores invalid = feedback.score(text, List.of(says(""), says("")));
    Map<String, Long> afterInvalid = feedback.failures();
    Scores alike = feedback.score(text, List.of(says("red lamp"), says("red lamp")));

    assertThat(invalid.rewards()).containsExactly(-1.0, -1.0);
    assertThat(invalid.identity()).isNaN();
    assertThat(afterInvalid).isEmpty();
    assertThat(alike.rewards()).containsOnly(Feedback.MISSING);
    assertThat(feedback.failures()).isEqualTo(Map.of("all_alike", 2L));
  }

  @Test
  void searchesThePageWithoutARewriteOnce() {
    Recording engine = new Recording(side.engine());
    Judge judge = (typed, pages) -> pages.stream().map(page -> opinion(1)).toList();
    JudgedPages pages = new JudgedPages(engine, side.fused(), judge);

    pages.terms(text, List.of(List.of(), List.of("red lamp")));

    assertThat(engine.searched)
        .containsExactly(
            side.fused().of(text).with(List.of()), side.fused().of(text).with(List.of("red lamp")));
  }

  @Test
  void whatTheJudgeCannotTellIsMissingNotZero() {
    Judge judge = (typed, pages) -> pages.stream().map(page -> Optional.<Opinion>empty()).toList();

    Scores scores = feedback(judge).score(text, List.of(says("red lamp"), says("")));

    assertThat(scores.rewards()).containsExactly(Feedback.MISSING, -1.0);
    assertThat(scores.identity()).isNaN();
  }

  @Test
  void diversityIsTheShareOfNewProductsAndAtMostOne() {
    Page old = new Page(List.of("a", "b"));

    assertThat(new Page(List.of("a", "c", "b")).newBeside(old)).isEqualTo(.5);
    assertThat(new Page(List.of("c", "d", "e")).newBeside(old)).isEqualTo(1);
    assertThat(old.newBeside(new Page(List.of()))).isZero();
  }

  @Test
  void aShopperWhoKnowsTheJudgmentsClicksCartsAndBuysByAppeal() {
    JudgedQuery asked =
        new JudgedQuery("q", "red sofa", 1, Map.of("best", 3.0, "half", 1.5, "bad", 0.0));
    GradedShopper shopper = new GradedShopper(shop, List.of(asked));

    Opinion best = shopper.opinion("Red  sofa", new Page(List.of("best")), .3);
    Opinion half = shopper.opinion("red sofa", new Page(List.of("half")), .3);
    Opinion both = shopper.opinion("red sofa", new Page(List.of("bad", "best", "other")), .3);

    assertThat(best).isEqualTo(new Opinion(.3, .5, .5, .5));
    assertThat(half).isEqualTo(new Opinion(.3, .25, .125, .0625));
    assertThat(both.click()).isCloseTo(.5 * Math.pow(2, -.7), within(1e-12));
    assertThat(shopper.relevance("red sofa", new Page(List.of("best", "half")))).isEqualTo(.15);
    assertThat(shopper.knows("sofa")).isFalse();
    assertThatThrownBy(() -> shopper.opinion("sofa", new Page(List.of()), 0))
        .hasMessageContaining("has no judgments");
  }

  @Test
  void peopleWhoJudgedPreferWhatTheyJudgedRelevant() {
    GradedShopper shopper = new GradedShopper(shop, List.of(query));
    Judge people = SimulatedJudge.human(shopper);
    Page good = new Page(List.copyOf(shop.relevant(query)));

    List<Optional<Opinion>> found = people.judge(text, List.of(good, new Page(List.of("none"))));

    assertThat(found.get(0).orElseThrow().relevance()).isPositive();
    assertThat(found.get(0).orElseThrow().engagement()).isPositive();
    assertThat(found.get(1)).contains(new Opinion(0, 0, 0, 0));
  }

  private JudgeFeedback feedback(Judge judge) {
    return new JudgeFeedback(new JudgedPages(side.engine(), side.fused(), judge), WEIGHTS, judge);
  }

  private static Optional<Opinion> opinion(double share) {
    return Optional.of(new Opinion(share, share, share, share));
  }

  private static Proposal says(String rewrite) {
    return new Proposal(rewrite.isEmpty() ? List.of() : List.of(rewrite), 4);
  }

  /** Keeps what is searched. */
  private static final class Recording implements SearchEngine {
    private final SearchEngine engine;
    private final List<SearchQuery> searched = new ArrayList<>();

    Recording(SearchEngine engine) {
      this.engine = engine;
    }

    @Override
    public SearchResults search(SearchQuery query, int limit) {
      searched.add(query);
      return engine.search(query, limit);
    }

    @Override
    public long epoch() {
      return engine.epoch();
    }

    @Override
    public long documents() {
      return engine.documents();
    }

    @Override
    public Optional<Product> product(String id) {
      return engine.product(id);
    }

    /** The engine stays its owner's. */
    @Override
    public void close() {}
  }
}
