package io.searchloop.app.judge;

import io.searchloop.trainer.offline.Feedback;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewards a rewrite by a judge's opinion of the page that it makes (MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   r(y) = w_rel * relevance + w_div * diversity + w_eng * engagement
 * </pre>
 *
 * <p>Equal rewrites are judged once, and the query without one beside them, to compare. What the
 * judge could not tell is missing, not zero. Any thread, several at once.
 */
public final class JudgeFeedback implements Feedback {
  private final JudgedPages pages;
  private final JudgeWeights weights;
  private final Judge judge;

  /**
   * @param judge the one that {@code pages} asks
   */
  public JudgeFeedback(JudgedPages pages, JudgeWeights weights, Judge judge) {
    this.pages = pages;
    this.weights = weights;
    this.judge = judge;
  }

  @Override
  public Scores score(String query, List<Proposal> proposals) {
    List<List<String>> distinct = new ArrayList<>();
    distinct.add(List.of());
    proposals.stream()
        .filter(Proposal::valid)
        .map(Proposal::rewrites)
        .distinct()
        .forEach(distinct::add);
    List<Optional<JudgeTerms>> terms = pages.terms(query, distinct);
    Map<List<String>, Double> rewards = new LinkedHashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      rewards.put(distinct.get(i), terms.get(i).map(weights::reward).orElse(MISSING));
    }
    return new Scores(
        proposals.stream()
            .map(
                one ->
                    one.valid()
                        ? rewards.getOrDefault(one.rewrites(), MISSING)
                        : Double.valueOf(weights.invalid()))
            .toList(),
        rewards.getOrDefault(List.of(), MISSING));
  }

  @Override
  public Map<String, Long> failures() {
    return judge.failures();
  }
}
