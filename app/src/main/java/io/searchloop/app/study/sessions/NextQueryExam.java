package io.searchloop.app.study.sessions;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.evaluation.RankingMetrics;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Asks rewriters for the next query of held-out sessions, and searches what they name first. A page
 * is that of the rewrite alone; without a valid one that of the last query as typed. Runs on the
 * caller's thread.
 */
final class NextQueryExam {
  static final String TYPED = "typed";
  static final String JOINED = "joined";
  static final String NEXT = "next";

  private static final int SHOWN = 10;

  private final SearchEngine engine;
  private final List<ShoppingSession> sessions;
  private final QueryAnnotations annotations;

  NextQueryExam(SearchEngine engine, List<ShoppingSession> sessions, QueryAnnotations annotations) {
    this.engine = engine;
    this.sessions = List.copyOf(sessions);
    this.annotations = annotations;
  }

  /**
   * What needs no learning: the last query as typed, all words of the session, and, for the most
   * that can be had, the successful query itself.
   */
  Map<String, SessionSheet> unlearned() {
    Map<String, SessionSheet> sheets = new LinkedHashMap<>();
    sheets.put(TYPED, sheet(i -> List.of(sessions.get(i).last())));
    sheets.put(JOINED, sheet(i -> List.of(joined(sessions.get(i)))));
    sheets.put(NEXT, sheet(i -> List.of(sessions.get(i).next())));
    return sheets;
  }

  /** A student's sheet; every student has the same draws. */
  SessionSheet sit(WarmStart student, ContextKind kind) {
    try (OnnxPolicy policy = OnnxPolicy.open(0, student.artifact(student.network()), 1)) {
      CandidateRewrites rewrites = new CandidateRewrites(policy);
      return sheet(i -> rewrites.of(kind.context(sessions.get(i), annotations), i));
    }
  }

  /** Share of sessions whose kind of product a student names when asked for it. */
  double intents(WarmStart student) {
    try (OnnxPolicy policy = OnnxPolicy.open(0, student.artifact(student.network()), 1)) {
      CandidateRewrites rewrites = new CandidateRewrites(policy);
      return sessions.stream()
          .mapToInt(
              session ->
                  rewrites
                          .greedy(ContextKind.intent(session))
                          .filter(session.kind()::equals)
                          .isPresent()
                      ? 1
                      : 0)
          .average()
          .orElseThrow();
    }
  }

  private SessionSheet sheet(IntFunction<List<String>> rewriter) {
    SessionSheet sheet = new SessionSheet(sessions.size());
    for (int i = 0; i < sessions.size(); i++) {
      ShoppingSession session = sessions.get(i);
      List<String> candidates = rewriter.apply(i);
      int rank = candidates.indexOf(session.next()) + 1;
      sheet.mark(i, SessionMeasure.MRR, rank == 0 ? 0 : 1.0 / rank);
      sheet.mark(i, SessionMeasure.HIT_AT_16, rank == 0 ? 0 : 1);
      String first = candidates.isEmpty() ? session.last() : candidates.get(0);
      List<String> page = engine.search(SearchQuery.identity(first), SHOWN).productIds();
      sheet.mark(
          i,
          SessionMeasure.PRODUCT_NDCG_AT_10,
          RankingMetrics.ndcg(page, Map.of(session.product(), 1.0), SHOWN));
    }
    return sheet;
  }

  /** Every word once, oldest first. */
  private static String joined(ShoppingSession session) {
    Set<String> words = new LinkedHashSet<>();
    session.earlier().forEach(query -> words.addAll(List.of(query.split(" "))));
    words.addAll(List.of(session.last().split(" ")));
    return String.join(" ", words);
  }
}
