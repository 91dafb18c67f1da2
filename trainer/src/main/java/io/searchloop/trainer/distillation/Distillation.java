package io.searchloop.trainer.distillation;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.loss.DistillationLoss;
import io.searchloop.trainer.loss.DistillationStep;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Moves a student towards its teacher on unlabelled queries.
 *
 * <pre>
 *   reverse KL: L = E over y from the student of sum_t KL(student || teacher)   (MiniLLM, MiniELM)
 *   forward KL: L = E over y from the teacher of sum_t KL(teacher || student)
 * </pre>
 *
 * <p>The student starts supervised, not cold: from noise its own answers are noise, and a teacher's
 * opinion on noise teaches little. Both speak one tokenizer and one format. With one thread, equal
 * policies, queries and configuration give equal weights. Runs on the caller's thread; see {@link
 * DistillationLoss} for what the gradient leaves out.
 */
public final class Distillation {
  private static final double WARMUP = .05;
  private static final int REPORTS = 20;

  private final DistillationConfig config;

  public Distillation(DistillationConfig config) {
    this.config = config;
  }

  /**
   * Trains the student's network in place.
   *
   * @param teacher read only
   * @param student its network changes; everything else stays
   * @param queries what both are asked; no test query
   * @throws IllegalArgumentException when the two do not share tokenizer and format
   */
  public void distil(
      WarmStart teacher,
      WarmStart student,
      List<String> queries,
      Consumer<DistillationProgress> progress) {
    requireOneLanguage(teacher, student);
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Distillation found no query, expected at least one. Give it those of training.");
    }
    LibTorch.initialise(config.threads());
    RewriteFormat format = student.format();
    AnswerSource answers = new AnswerSource(teacher, student, format, queries);
    try (AdamOptimizer optimizer =
            new AdamOptimizer(student.network().parameters(), AdamSettings.defaults());
        TokenMask mask = TokenMask.of(format.grammar(), student.spec().vocabularySize())) {
      DistillationStep step =
          new DistillationStep(
              student.network(), teacher.network(), optimizer, mask, config.loss());
      learn(step, answers, progress);
    }
  }

  private void learn(
      DistillationStep step, AnswerSource answers, Consumer<DistillationProgress> progress) {
    int reportEvery = Math.max(1, config.steps() / REPORTS);
    double sum = 0;
    int summed = 0;
    for (int i = 0; i < config.steps(); i++) {
      if (i % config.refreshEvery() == 0) {
        answers.refresh();
      }
      int from = i % config.refreshEvery() * config.batch();
      int to = from + config.batch();
      sum +=
          step.learn(answers.prompts.subList(from, to), answers.answers.subList(from, to), rate(i));
      summed++;
      if ((i + 1) % reportEvery == 0 || i + 1 == config.steps()) {
        progress.accept(new DistillationProgress(i + 1, config.steps(), sum / summed));
        sum = 0;
        summed = 0;
      }
    }
  }

  private double rate(int step) {
    double share = (step + 1) / (config.steps() + 1.0);
    return config.learningRate() * Math.min(share / WARMUP, (1 - share) / (1 - WARMUP));
  }

  private static void requireOneLanguage(WarmStart teacher, WarmStart student) {
    boolean same =
        Arrays.equals(teacher.tokenizer().toJson(), student.tokenizer().toJson())
            && teacher.spec().maxPromptTokens() == student.spec().maxPromptTokens()
            && teacher.spec().maxRewriteTokens() == student.spec().maxRewriteTokens();
    if (!same) {
      throw new IllegalArgumentException(
          "Teacher and student have other tokenizers or formats: %d and %d tokens, prompts of %d and %d, rewrites of %d and %d; expected the same. Warm-start both on the same texts with the same vocabulary."
              .formatted(
                  teacher.spec().vocabularySize(),
                  student.spec().vocabularySize(),
                  teacher.spec().maxPromptTokens(),
                  student.spec().maxPromptTokens(),
                  teacher.spec().maxRewriteTokens(),
                  student.spec().maxRewriteTokens()));
    }
  }

  /** Prompts and sampled answers of the next few steps. */
  private final class AnswerSource {
    private final WarmStart teacher;
    private final WarmStart student;
    private final RewriteFormat format;
    private final List<String> queries;
    private final RandomGenerator random = new RandomState(config.seed());
    private List<int[]> prompts = List.of();
    private List<int[]> answers = List.of();

    AnswerSource(WarmStart teacher, WarmStart student, RewriteFormat format, List<String> queries) {
      this.teacher = teacher;
      this.student = student;
      this.format = format;
      this.queries = queries;
    }

    void refresh() {
      List<int[]> drawn = new ArrayList<>();
      while (drawn.size() < config.batch() * config.refreshEvery()) {
        String query = queries.get(random.nextInt(queries.size()));
        drawn.add(format.prompt(QueryContext.of(query)));
      }
      WarmStart speaker =
          switch (config.loss()) {
            case REVERSE_KL -> student;
            case FORWARD_KL -> teacher;
          };
      prompts = drawn;
      answers =
          new PolicyDecoder(speaker.artifact(speaker.network()), speaker.network().config())
              .sample(drawn, 1, random).stream().map(Answer::tokens).toList();
    }
  }
}
