package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.sampling.Categorical;
import io.searchloop.policy.sampling.LogProbs;
import io.searchloop.policy.sampling.SamplerSettings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Draws rewrites from a policy: pi(y_t) = softmax(logits / temperature) over what the grammar
 * allows, without top-k or top-p, and records log pi of each token drawn. Scorer and sampler share
 * the arithmetic, so a trainer can compare like with like (learning.md, "Notation").
 *
 * <p>Safe for any thread; each keeps its own buffers, which outlive policies.
 */
public final class RewriteSampler {
  private final SamplerSettings settings;
  private final ThreadLocal<DecodeBuffers> buffers = ThreadLocal.withInitial(DecodeBuffers::new);

  public RewriteSampler(SamplerSettings settings) {
    this.settings = settings;
  }

  /** How candidates are drawn. */
  public SamplerSettings settings() {
    return settings;
  }

  /**
   * Draws the configured number of candidates, independently.
   *
   * @param prompt from {@code policy.format().prompt(...)}
   * @return rollouts in drawing order, duplicates kept; empty when the deadline passed before
   * @throws PolicySessionException when the runtime fails
   * @throws ArithmeticException when a logit is not finite
   */
  public Optional<List<Rollout>> sample(
      OnnxPolicy policy, int[] prompt, RandomGenerator random, Deadline deadline) {
    return sample(policy, prompt, settings.candidates(), random, deadline);
  }

  /**
   * Draws a number of candidates, independently.
   *
   * @param prompt from {@code policy.format().prompt(...)}
   * @param candidates rollouts to draw, at least one
   * @return rollouts in drawing order, duplicates kept; empty when the deadline passed before
   * @throws PolicySessionException when the runtime fails
   * @throws ArithmeticException when a logit is not finite
   */
  public Optional<List<Rollout>> sample(
      OnnxPolicy policy, int[] prompt, int candidates, RandomGenerator random, Deadline deadline) {
    return decode(
        policy, prompt, candidates, logProbs -> Categorical.sample(logProbs, random), deadline);
  }

  /** The most probable token at every position. */
  public Rollout greedy(OnnxPolicy policy, int[] prompt) {
    return decode(policy, prompt, 1, Categorical::mode, Deadline.NONE).orElseThrow().get(0);
  }

  /**
   * Log-probabilities of a given answer by one full pass without cache: the yardstick for cached
   * decoding.
   *
   * @param answer token ids, END included
   * @return (answer length), natural log
   */
  public float[] score(OnnxPolicy policy, int[] prompt, int[] answer) {
    int vocabulary = policy.spec().vocabularySize();
    int length = prompt.length + answer.length - 1;
    int[] input = Arrays.copyOf(prompt, length);
    System.arraycopy(answer, 0, input, prompt.length, answer.length - 1);
    DecodeBuffers own = buffers.get();
    policy.run(own, Tokens.fill(own.tokens(length), input), 1, length, 0);
    FloatBuffer logits = own.logits(length * vocabulary);
    float[] row = own.rows(vocabulary);
    double[] logProbs = new double[vocabulary];
    float[] scores = new float[answer.length];
    AnswerGrammar grammar = policy.format().grammar();
    int state = AnswerGrammar.START;
    for (int position = 0; position < answer.length; position++) {
      logits.get((prompt.length - 1 + position) * vocabulary, row, 0, vocabulary);
      normalise(grammar, state, row, 0, logProbs);
      scores[position] = (float) logProbs[answer[position]];
      state = grammar.next(state, answer[position]);
    }
    return scores;
  }

  private Optional<List<Rollout>> decode(
      OnnxPolicy policy, int[] prompt, int batch, TokenChoice choice, Deadline deadline) {
    if (deadline.passed()) {
      return Optional.empty();
    }
    RewriteFormat format = policy.format();
    AnswerGrammar grammar = format.grammar();
    double[] logProbs = new double[policy.spec().vocabularySize()];
    Answer[] answers =
        Stream.generate(() -> new Answer(format.maxRewriteTokens()))
            .limit(batch)
            .toArray(Answer[]::new);
    CachedDecoding decoding = new CachedDecoding(policy, buffers.get(), prompt, batch);
    int[] next = new int[batch];
    while (true) {
      boolean open = false;
      for (int row = 0; row < batch; row++) {
        next[row] = Tokenizer.PAD; // an ended answer rides along, unread
        Answer answer = answers[row];
        if (!answer.ended()) {
          int state = answer.state();
          normalise(grammar, state, decoding.logits(), row * logProbs.length, logProbs);
          next[row] = choice.choose(logProbs);
          answer.append(next[row], (float) logProbs[next[row]], grammar.next(state, next[row]));
          open |= !answer.ended();
        }
      }
      if (!open) { // every answer ends at its length cap at the latest
        return Optional.of(Arrays.stream(answers).map(answer -> answer.rollout(format)).toList());
      }
      if (deadline.passed()) {
        return Optional.empty();
      }
      decoding.advance(next);
    }
  }

  private void normalise(
      AnswerGrammar grammar, int state, float[] logits, int offset, double[] out) {
    LogProbs.logSoftmax(
        logits, offset, settings.temperature(), id -> grammar.allowed(state, id), out);
  }

  /** Chooses a token id by log-probabilities, (vocabulary). */
  @FunctionalInterface
  private interface TokenChoice {
    int choose(double[] logProbs);
  }
}
