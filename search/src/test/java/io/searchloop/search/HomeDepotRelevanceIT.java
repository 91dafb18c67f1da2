package io.searchloop.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How well the untrained relevance models agree with people, on judged products of misspelt
 * queries: the chance that a product judged relevant is called more relevant than one of the same
 * query that was not (AUC, ties count half), and the share of relevant ones above the default
 * threshold.
 */
class HomeDepotRelevanceIT {
  private static final double TOLERANCE = .005;

  @Test
  void textRelevanceAgreesWithJudgesBetterOnceTheQueryIsCorrected() throws IOException {
    assumeTrue(
        Files.isDirectory(HomeDepot.directory()),
        () ->
            "Skipped: no Home Depot data at %s; point -Dsearchloop.data at the data folder."
                .formatted(HomeDepot.directory()));
    HomeDepot data = HomeDepot.read();
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(data.products(), 1, Bm25.DEFAULT);
        RelevanceModel asTyped = Bm25Relevance.of(data.products(), Bm25.DEFAULT)) {
      RelevanceModel corrected =
          new CorrectedRelevance(asTyped, new SpellingArm(engine.vocabulary()));

      assertThat(agreement(data, asTyped)).isCloseTo(.594, within(TOLERANCE));
      assertThat(agreement(data, corrected)).isCloseTo(.617, within(TOLERANCE));
    }
  }

  private static double agreement(HomeDepot data, RelevanceModel model) {
    double sum = 0;
    int queries = 0;
    for (String id : data.misspelt()) {
      Set<String> wanted = data.relevant(id);
      List<String> judged = List.copyOf(data.grades().getOrDefault(id, Map.of()).keySet());
      double[] shares = model.relevance(data.queries().get(id), judged);
      List<Double> positives = new ArrayList<>();
      List<Double> negatives = new ArrayList<>();
      for (int i = 0; i < shares.length; i++) {
        (wanted.contains(judged.get(i)) ? positives : negatives).add(shares[i]);
      }
      if (!positives.isEmpty() && !negatives.isEmpty()) {
        sum += auc(positives, negatives);
        queries++;
      }
    }
    return sum / queries;
  }

  private static double auc(List<Double> positives, List<Double> negatives) {
    double wins = 0;
    for (double positive : positives) {
      for (double negative : negatives) {
        wins += (1 + Double.compare(positive, negative)) / 2.0;
      }
    }
    return wins / positives.size() / negatives.size();
  }
}
