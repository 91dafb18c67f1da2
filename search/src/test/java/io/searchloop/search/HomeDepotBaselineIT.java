package io.searchloop.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.evaluation.RankingMetrics;
import io.searchloop.search.merging.FusionWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Reproduces the published BM25 figures of the Home Depot data (nDCG@10 over queries with a gain,
 * recall@100 over queries with a relevant product). If these move, every comparison with a learned
 * policy moves.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeDepotBaselineIT {
  private static final double TOLERANCE = .005;

  private HomeDepot data;
  private LuceneSearchEngine engine;
  private RewriteArm spelling;

  private record Figures(double ndcgAt10, double recallAt100) {}

  @BeforeAll
  void indexCatalogueWhenPresent() throws IOException {
    if (Files.isDirectory(HomeDepot.directory())) {
      data = HomeDepot.read();
      engine = LuceneSearchEngine.index(data.products(), 1, Bm25.DEFAULT);
      spelling = new SpellingArm(engine.vocabulary());
    }
  }

  @BeforeEach
  void skipWithoutData() {
    assumeTrue(
        data != null,
        () ->
            "Skipped: no Home Depot data at %s; point -Dsearchloop.data at the data folder."
                .formatted(HomeDepot.directory()));
  }

  @AfterAll
  void closeEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void misspeltQueriesAsTypedReachThePublishedBaseline() {
    Figures asTyped = measure(data.misspelt(), SearchQuery::identity);

    assertThat(asTyped.ndcgAt10()).isCloseTo(.225, within(TOLERANCE));
    assertThat(asTyped.recallAt100()).isCloseTo(.606, within(TOLERANCE));
  }

  @Test
  void otherQueriesAsTypedReachThePublishedBaseline() {
    Figures asTyped = measure(wellSpelt(), SearchQuery::identity);

    assertThat(asTyped.ndcgAt10()).isCloseTo(.399, within(TOLERANCE));
    assertThat(asTyped.recallAt100()).isCloseTo(.766, within(TOLERANCE));
  }

  @Test
  void spellingArmReachesThePublishedSpellCheckerOnMisspeltQueries() {
    Figures corrected = measure(data.misspelt(), query -> corrected(query, Combination.REPLACE));

    assertThat(corrected.ndcgAt10()).isCloseTo(.304, within(TOLERANCE));
    assertThat(corrected.recallAt100()).isCloseTo(.716, within(TOLERANCE));
  }

  @Test
  void unionOfTypedAndCorrectedBeatsTheCorrectionAlone() {
    Figures union = measure(data.misspelt(), query -> corrected(query, Combination.UNION));
    Figures replaced = measure(data.misspelt(), query -> corrected(query, Combination.REPLACE));

    assertThat(union.ndcgAt10()).isGreaterThan(replaced.ndcgAt10());
    assertThat(union.recallAt100()).isGreaterThan(replaced.recallAt100());
  }

  private SearchQuery corrected(String query, Combination combination) {
    WeightedText correction =
        new WeightedText(spelling.rewrite(query), FusionWeights.DEFAULT.correction());
    return new SearchQuery(query, List.of(correction), combination);
  }

  private Set<String> wellSpelt() {
    return data.queries().keySet().stream()
        .filter(id -> !data.misspelt().contains(id))
        .collect(Collectors.toSet());
  }

  private Figures measure(Set<String> queryIds, Function<String, SearchQuery> search) {
    double ndcg = 0;
    double recall = 0;
    int withGain = 0;
    int withRelevant = 0;
    for (String id : queryIds) {
      List<String> ranking = engine.search(search.apply(data.queries().get(id)), 100).productIds();
      Map<String, Double> gains = data.gains(id);
      Set<String> relevant = data.relevant(id);
      withGain += gains.values().stream().anyMatch(gain -> gain > 0) ? 1 : 0;
      withRelevant += relevant.isEmpty() ? 0 : 1;
      ndcg += RankingMetrics.ndcg(ranking, gains, 10);
      recall += RankingMetrics.recall(ranking, relevant, 100);
    }
    return new Figures(ndcg / withGain, recall / withRelevant);
  }
}
