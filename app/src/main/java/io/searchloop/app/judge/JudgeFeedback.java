package io.searchloop.app.judge;

import io.searchloop.trainer.offline.Feedback;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rewards a rewrite by a judge's opinion of the page that it makes (MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   r(y) = w_rel * relevance + w_div * diversity + w_eng * engagement
 * </pre>
 *
 * <p>Equal rewrites are judged once, and the query without one beside them, to compare. What the
 * judge could not tell is missing, not zero. Nobody is asked about answers that teach nothing
 * whatever the judge says, all of them invalid or all of them alike: questions may cost money. The
 * latter are missing and counted as {@value #ALL_ALIKE}. Any thread, several at once.
 */
public final class JudgeFeedback implements Feedback {
  private static final String ALL_ALIKE = "all_alike";

  private final JudgedPages pages;
  private final JudgeWeights weights;
  private final Judge judge;
  private final LongAdder alike = new LongAdder();

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
    Set<List<String>> answers = new LinkedHashSet<>();
    proposals.stream().map(Proposal::rewrites).forEach(answers::add);
    boolean teaches = answers.size() > 1;
    if (!teaches && proposals.stream().anyMatch(Proposal::valid)) {
      alike.add(proposals.size());
    }
    Map<List<String>, Double> rewards = teaches ? judged(query, answers) : Map.of();
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

  /** Rewards of different rewrites, and of the query without one. */
  private Map<List<String>, Double> judged(String query, Set<List<String>> answers) {
    Set<List<String>> asked = new LinkedHashSet<>();
    asked.add(List.of());
    asked.addAll(answers);
    List<List<String>> distinct = List.copyOf(asked);
    List<Optional<JudgeTerms>> terms = pages.terms(query, distinct);
    Map<List<String>, Double> rewards = new HashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      rewards.put(distinct.get(i), terms.get(i).map(weights::reward).orElse(MISSING));
    }
    return rewards;
  }

  /** The judge's, and answers that it was not asked about. */
  @Override
  public Map<String, Long> failures() {
    Map<String, Long> failures = new TreeMap<>(judge.failures());
    if (alike.sum() > 0) {
      failures.put(ALL_ALIKE, alike.sum());
    }
    return failures;
  }
}
