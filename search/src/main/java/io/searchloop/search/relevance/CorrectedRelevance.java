package io.searchloop.search.relevance;

import io.searchloop.search.arms.RewriteArm;
import java.util.List;

/**
 * Judges by another reading of the query, for models that take its words as they are: a lexical
 * model calls everything irrelevant that only the corrected spelling finds, and would teach a
 * policy to leave mistakes alone.
 *
 * <p>What is rewarded then is agreement with the reading; a policy cannot learn to beat it.
 * Example: over {@link Bm25Relevance} and {@code SpellingArm}, "cordles drill" is judged as
 * "cordless drill".
 */
public final class CorrectedRelevance implements RelevanceModel {
  private final RelevanceModel model;
  private final RewriteArm reading;

  /**
   * @param model judges; closed with this one
   * @param reading what the shopper is taken to have meant
   */
  public CorrectedRelevance(RelevanceModel model, RewriteArm reading) {
    this.model = model;
    this.reading = reading;
  }

  @Override
  public double[] relevance(String query, List<String> productIds) {
    return model.relevance(reading.rewrite(query), productIds);
  }

  @Override
  public void close() {
    model.close();
  }
}
