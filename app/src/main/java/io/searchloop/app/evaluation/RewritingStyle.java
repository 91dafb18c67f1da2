package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.evaluation.PolicyFigures.Latency;
import io.searchloop.app.evaluation.PolicyFigures.Rewriting;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.engine.Vocabulary.Word;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures what a strategy does to queries, whatever is found: how often it obeys, changes, grows,
 * and takes away a word that the catalogue knows.
 */
final class RewritingStyle {
  private final Vocabulary vocabulary;
  private final List<JudgedQuery> queries;
  private final int[] wellSpelt;
  private final boolean timed;

  /**
   * @param wellSpelt indices of the queries without a known correction
   * @param timed see {@link RankedSearch#timed}
   */
  RewritingStyle(
      LuceneSearchEngine engine, List<JudgedQuery> queries, int[] wellSpelt, boolean timed) {
    this.vocabulary = engine.vocabulary();
    this.queries = queries;
    this.wellSpelt = wellSpelt.clone();
    this.timed = timed;
  }

  Rewriting of(Outcomes outcomes) {
    List<RewriteChoice> choices = outcomes.choices();
    double all = choices.size();
    long valid = choices.stream().filter(RewriteChoice::valid).count();
    long words = choices.stream().mapToLong(choice -> words(choice.rewrite()).size()).sum();
    long unchanged = 0;
    for (int i = 0; i < choices.size(); i++) {
      unchanged += same(queries.get(i).text(), choices.get(i).rewrite()) ? 1 : 0;
    }
    long lost = Arrays.stream(wellSpelt).filter(i -> loses(i, choices.get(i).rewrite())).count();
    return new Rewriting(
        valid / all,
        unchanged / all,
        wellSpelt.length == 0 ? 0 : lost / (double) wellSpelt.length,
        words / all,
        latency(outcomes.rewriteMs()),
        timed ? latency(outcomes.searchMs()) : null);
  }

  private boolean loses(int query, String rewrite) {
    String typed = queries.get(query).text();
    if (same(typed, rewrite)) {
      return false;
    }
    Set<String> kept = new HashSet<>();
    words(rewrite).forEach(word -> kept.add(word.text()));
    return words(typed).stream()
        .anyMatch(word -> !kept.contains(word.text()) && vocabulary.contains(word.text()));
  }

  private List<Word> words(String text) {
    return vocabulary.words(text);
  }

  private static boolean same(String typed, String rewrite) {
    return QueryText.normalise(typed).equals(QueryText.normalise(rewrite));
  }

  private static Latency latency(double[] milliseconds) {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    return new Latency(sorted[(sorted.length - 1) / 2], sorted[(int) (.99 * (sorted.length - 1))]);
  }
}
