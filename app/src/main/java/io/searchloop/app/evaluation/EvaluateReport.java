package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Problems;
import io.searchloop.app.json.ReportJson;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.merging.FusionWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code evaluate} was told and what it found.
 *
 * @param label BM25 and re-ranking in words, so that gains of the ranking are not credited to
 *     rewriting
 * @param bm25 parameters of every strategy alike
 * @param weights of fused queries
 * @param popularity where head, torso and tail come from
 * @param products products indexed
 * @param synonyms entries of the synonym arm's dictionary
 * @param problems rows of the dataset that could not be used
 * @param evaluation the figures
 */
public record EvaluateReport(
    String label,
    Bm25 bm25,
    FusionWeights weights,
    String popularity,
    int products,
    int synonyms,
    Problems problems,
    EvaluationReport evaluation) {
  /** Judged datasets do not say how often a query is typed. */
  public static final String ASSIGNED =
      "Assigned by a Zipf law over a hash of the text, not observed: head, torso and tail differ by chance alone.";

  /**
   * The ranking in words.
   *
   * @param reranking see {@link RankedSearch#label}
   */
  public static String label(Bm25 bm25, String reranking) {
    return (bm25.equals(Bm25.DEFAULT) ? "Default" : "Tuned")
        + " BM25 (k1 %s, b %s) for all, %s.".formatted(bm25.k1(), bm25.b(), reranking);
  }

  /** What a person reads before the tables. */
  public List<String> heading() {
    return List.of(
        "%s: %s, %d judged queries, %d products, seed %d."
            .formatted(
                evaluation.dataset(),
                evaluation.queries(),
                evaluation.judged(),
                products,
                evaluation.seed()),
        "%s Fusion weights: correction %s, rewrite %s, expansion %s. %d synonyms."
            .formatted(
                label, weights.correction(), weights.rewrite(), weights.expansion(), synonyms),
        "In brackets: difference to the query as typed, 95 %% paired bootstrap interval. %s"
            .formatted(evaluation.unjudged()),
        "Popularity: " + popularity);
  }

  /** Writes the report as JSON, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }
}
