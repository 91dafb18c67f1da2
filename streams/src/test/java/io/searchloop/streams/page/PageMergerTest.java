package io.searchloop.streams.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.ExposureModel;
import io.searchloop.search.merging.MultileavedPage;
import io.searchloop.search.merging.TeamDraftMultileaver;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.streams.decision.Choice;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageMergerTest {
  private static final int LIMIT = 10;
  private static final ServedQuery REPLACED = Shop.query(Combination.REPLACE);
  private static final ExaminationCurve CURVE = ExaminationCurve.of(1, .6, .4, .3, .2);

  private final Shop shop = new Shop();
  private final ServingMetrics metrics = new ServingMetrics();
  private final PageMaker pages = new PageMaker(true, new PageMerger(CURVE, metrics));

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void logsAllThatACreditNeeds() {
    Decision decision = merge(11, "hat", "socks", "hat").decision();

    assertThat(decision.getMode()).isEqualTo(DecisionMode.MULTILEAVED);
    assertThat(decision.getArm()).isEqualTo("multileaved");
    assertThat(decision.getMergeSeed()).isEqualTo(11);
    assertThat(decision.getServed()).containsExactly(0, 1, 2, 3);
    assertThat(decision.getAssignmentPropensity()).isEqualTo(1);
    assertThat(decision.getPolicyVersion()).isEqualTo(3);
    assertThat(decision.getPage()).hasSize(LIMIT).doesNotHaveDuplicates();
    assertThat(Packed.floats(decision.getExamination())).containsExactly(CURVE.toFloats());
    float[] exposure = Packed.floats(decision.getExposure());
    assertThat(exposure).hasSize(LIMIT);
    for (float expected : exposure) {
      assertThat(expected).isPositive().isLessThanOrEqualTo(1);
    }
    assertThat(decision.getCandidates())
        .allSatisfy(candidate -> assertThat(Packed.ints(candidate.getRanks())).hasSize(LIMIT));
    assertThat(Packed.ints(decision.getQueryRanks())).hasSize(LIMIT);
  }

  @Test
  void addsTheQueryAsTypedAsTheLastCandidateAndNeverTrainsOnIt() {
    List<Candidate> candidates = merge(1, "hat", "socks").decision().getCandidates();

    assertThat(candidates).extracting(Candidate::getRolloutId).containsExactly("q#0", "q#1", "q#2");
    assertThat(candidates).extracting(Candidate::getTrainable).containsExactly(true, true, false);
    assertThat(candidates.get(2).getRewrite()).isEqualTo(Shop.QUERY);
    assertThat(candidates.get(2).getTokenIds().hasRemaining()).isFalse();
  }

  @Test
  void aLoggedSeedMakesTheSamePageAgain() {
    Set<List<String>> seen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      Decision decision = merge(seed, "hat", "socks", "hat", "").decision();
      MultileavedPage again =
          new TeamDraftMultileaver(LIMIT, new ExposureModel(CURVE))
              .draft(
                  shop.search(SearchQuery.identity(Shop.QUERY), LIMIT).productIds(),
                  List.of(list("hat"), list("socks")))
              .page(decision.getMergeSeed());

      assertThat(decision.getPage()).isEqualTo(again.products());
      assertThat(Packed.floats(decision.getExposure())).containsExactly(again.exposure());
      assertThat(Packed.ints(decision.getQueryRanks())).containsExactly(again.typedRanks());
      int[] teams = {0, 1, 0, 2, 2}; // hat, socks, hat again, invalid as the query, the query
      for (int i = 0; i < teams.length; i++) {
        assertThat(Packed.ints(decision.getCandidates().get(i).getRanks()))
            .containsExactly(again.ranks(teams[i]));
      }
      seen.add(decision.getPage());
    }
    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(metrics.multileaved()).containsExactly(Map.entry("merged", 20L));
  }

  @Test
  void showsWhatItLogs() {
    ShownPage page = merge(5, "hat", "socks");

    assertThat(page.hits()).extracting(Hit::productId).isEqualTo(page.decision().getPage());
    assertThat(page.hits()).allSatisfy(hit -> assertThat(hit.score()).isPositive());
    assertThat(page.rewrite()).isEmpty();
    assertThat(page.total()).isEqualTo(12); // shoes and red socks
  }

  @Test
  void candidatesThatFindWhatTheQueryFindsShareItsList() {
    Decision decision = merge(5, Shop.QUERY, "").decision();

    assertThat(decision.getPage())
        .isEqualTo(shop.search(SearchQuery.identity(Shop.QUERY), LIMIT).productIds());
    for (Candidate candidate : decision.getCandidates()) {
      assertThat(Packed.ints(candidate.getRanks())).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
  }

  @Test
  void neverSearchesACandidateThatARuleRefuses() {
    Choice.OneList instead = Shop.choice("hat", "socks");
    instead.decision().getCandidates().get(1).put("refused_by", "block socks");

    Decision decision =
        pages.make(new Choice.Merge(instead, 5, Deadline.NONE), shop, REPLACED, LIMIT).decision();

    assertThat(shop.searches).hasValue(2);
    assertThat(decision.getCandidates().get(1).getRanks())
        .isEqualTo(decision.getCandidates().get(2).getRanks());
  }

  @Test
  void retrievesARepeatedRewriteOnce() {
    merge(5, "hat", "hat", "hat", "");

    assertThat(shop.searches).hasValue(2);
  }

  @Test
  void showsOneCandidateWhenListsWouldComeTooLate() {
    for (int inTime = 0; inTime <= 2; inTime++) {
      AtomicInteger left = new AtomicInteger(inTime);
      Choice.OneList instead = Shop.choice("hat", "socks");
      Choice late = new Choice.Merge(instead, 5, () -> left.getAndDecrement() <= 0);

      ShownPage page = pages.make(late, shop, REPLACED, LIMIT);

      assertThat(page.decision().getMode()).isEqualTo(DecisionMode.ASSIGNED);
      assertThat(page.decision().getPage()).isEqualTo(list("socks"));
      assertThat(page.rewrite()).contains("socks");
    }
    assertThat(metrics.multileaved()).containsExactly(Map.entry("deadline", 3L));
  }

  @Test
  void showsOneCandidateWhereMergedListsDoNotFit() {
    Choice merge = new Choice.Merge(Shop.choice("hat", "socks"), 5, Deadline.NONE);

    assertThat(pages.make(merge, shop, REPLACED, 2).decision().getMode())
        .isEqualTo(DecisionMode.ASSIGNED);
    assertThat(pages.make(merge, shop, REPLACED, 49).decision().getMode())
        .isEqualTo(DecisionMode.ASSIGNED);
    assertThat(pages.make(merge, shop, REPLACED, 3).decision().getMode())
        .isEqualTo(DecisionMode.MULTILEAVED);
    assertThat(metrics.multileaved())
        .containsOnly(
            Map.entry("too_many_lists", 1L),
            Map.entry("page_too_long", 1L),
            Map.entry("merged", 1L));
  }

  private ShownPage merge(long seed, String... rewrites) {
    return pages.make(
        new Choice.Merge(Shop.choice(rewrites), seed, Deadline.NONE), shop, REPLACED, LIMIT);
  }

  private List<String> list(String rewrite) {
    return shop.search(REPLACED.with(List.of(rewrite)), LIMIT).productIds();
  }
}
