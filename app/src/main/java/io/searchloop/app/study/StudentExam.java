package io.searchloop.app.study;

import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Asks teacher and students the same held-out queries, by the decoder of the workers, and compares
 * what they say. Every query goes to one policy after the other, so that a busy machine slows all
 * of them alike. Runs on the caller's thread.
 */
final class StudentExam {
  private static final int BATCH = 64;
  private static final int REHEARSALS = 30;
  private static final double NANOS_PER_MS = 1e6;

  private final SearchEngine engine;
  private final List<String> queries;
  private final Map<String, String> corrections = new HashMap<>();
  private final LongSupplier nanos;

  /**
   * @param engine for policies whose prompts show products
   * @param queries held out, as typed, distinct
   * @param corrections typed to corrected
   * @param nanos clock of latencies
   */
  StudentExam(
      SearchEngine engine,
      List<String> queries,
      Map<String, String> corrections,
      LongSupplier nanos) {
    this.engine = engine;
    this.queries = List.copyOf(queries);
    this.nanos = nanos;
    corrections.forEach(
        (typed, right) ->
            this.corrections.put(QueryText.normalise(typed), QueryText.normalise(right)));
  }

  /**
   * A sheet for each policy.
   *
   * @param teacher name of the one whose answers the others are compared with
   */
  Map<String, ExamSheet> sit(Map<String, WarmStart> policies, String teacher) {
    Map<String, ExamSheet> sheets = new LinkedHashMap<>();
    Map<String, OnnxPolicy> open = new LinkedHashMap<>();
    try {
      policies.forEach(
          (name, policy) -> {
            open.put(name, OnnxPolicy.open(0, policy.artifact(policy.network()), 1));
            sheets.put(name, new ExamSheet(queries.size()));
          });
      ask(open, sheets);
    } finally {
      open.values().forEach(OnnxPolicy::close);
    }
    List<String> said = queries.stream().map(sheet(sheets, teacher)::rewrite).toList();
    policies.forEach((name, policy) -> compare(policy, sheet(sheets, name), said));
    return sheets;
  }

  private void ask(Map<String, OnnxPolicy> open, Map<String, ExamSheet> sheets) {
    Map<String, LearnedPolicy> asked = new LinkedHashMap<>();
    open.forEach((name, policy) -> asked.put(name, new LearnedPolicy(policy, engine)));
    queries.stream()
        .limit(REHEARSALS)
        .forEach(query -> asked.values().forEach(policy -> policy.rewrite(query)));
    for (int i = 0; i < queries.size(); i++) {
      String query = queries.get(i);
      for (Map.Entry<String, LearnedPolicy> policy : asked.entrySet()) {
        long begin = nanos.getAsLong();
        Optional<String> answer = policy.getValue().rewrite(query);
        double millis = (nanos.getAsLong() - begin) / NANOS_PER_MS;
        ExamSheet sheet = sheet(sheets, policy.getKey());
        sheet.answered(i, query, answer, millis);
        sheet.mark(i, ExamMeasure.VALIDITY, answer.isPresent() ? 1 : 0);
      }
    }
  }

  private void compare(WarmStart policy, ExamSheet sheet, List<String> said) {
    Map<Integer, String> right = new LinkedHashMap<>();
    Map<Integer, String> taught = new LinkedHashMap<>();
    for (int i = 0; i < queries.size(); i++) {
      String rewrite = sheet.rewrite(queries.get(i));
      taught.put(i, said.get(i));
      sheet.mark(i, ExamMeasure.TEACHER_EXACT, rewrite.equals(said.get(i)) ? 1 : 0);
      sheet.mark(i, ExamMeasure.TEACHER_ROUGE_L, RougeL.f1(rewrite, said.get(i)));
      String correction = corrections.get(QueryText.normalise(queries.get(i)));
      if (correction != null) {
        right.put(i, correction);
        sheet.mark(i, ExamMeasure.CORRECTION_EXACT, rewrite.equals(correction) ? 1 : 0);
        sheet.mark(i, ExamMeasure.CORRECTION_ROUGE_L, RougeL.f1(rewrite, correction));
      }
    }
    score(policy, taught, sheet, ExamMeasure.TEACHER_CROSS_ENTROPY);
    score(policy, right, sheet, ExamMeasure.CORRECTION_CROSS_ENTROPY);
  }

  /**
   * Cross entropy of given answers; one that the format cannot say is passed over by all, since
   * teacher and students share one.
   */
  private void score(
      WarmStart policy, Map<Integer, String> answers, ExamSheet sheet, ExamMeasure measure) {
    RewriteFormat format = policy.format();
    List<Integer> indices = new ArrayList<>();
    List<int[]> prompts = new ArrayList<>();
    List<int[]> tokens = new ArrayList<>();
    answers.forEach(
        (index, text) ->
            format
                .answer(text)
                .ifPresent(
                    answer -> {
                      indices.add(index);
                      prompts.add(format.prompt(QueryContext.of(queries.get(index))));
                      tokens.add(answer);
                    }));
    try (TokenMask mask = TokenMask.of(format.grammar(), policy.spec().vocabularySize())) {
      AnswerScorer scorer = new AnswerScorer(1, mask);
      for (int from = 0; from < indices.size(); from += BATCH) {
        int to = Math.min(from + BATCH, indices.size());
        double[][] logProbs =
            scorer.logProbs(policy.network(), prompts.subList(from, to), tokens.subList(from, to));
        for (int row = 0; row < logProbs.length; row++) {
          double nats = -Arrays.stream(logProbs[row]).average().orElseThrow();
          sheet.mark(indices.get(from + row), measure, nats);
        }
      }
    }
  }

  private static ExamSheet sheet(Map<String, ExamSheet> sheets, String name) {
    ExamSheet sheet = sheets.get(name);
    if (sheet == null) {
      throw new IllegalArgumentException(
          "Policy %s sat no exam, found those of %s.".formatted(name, sheets.keySet()));
    }
    return sheet;
  }
}
