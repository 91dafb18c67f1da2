package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.policy.sampling.TokenDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws rewrites from a policy: pi(y_t) = softmax(logits / temperature) over what the grammar
 * allows, without top-k or top-p, and records log pi of each token drawn. Scorer and sampler share
 * the arithmetic, so a trainer can compare like with like (learning.md, "Notation").
 *
 * <p>Safe for any thread: requests that come together share runs of the session, led by one of
 * their threads.
 */
public final class RewriteSampler {
  private final SamplerSettings settings;
  private final MicroBatcher batcher;
  private final EvenDecoding even = new EvenDecoding();

  /** Every request decodes alone. */
  public RewriteSampler(SamplerSettings settings) {
    this(settings, BatchSettings.ALONE);
  }

  public RewriteSampler(SamplerSettings settings, BatchSettings batches) {
    this.settings = settings;
    this.batcher = new MicroBatcher(batches);
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
    return sample(policy, prompt, candidates, settings.temperature(), random, deadline);
  }

  /**
   * Draws a number of candidates, independently, at a temperature of their own.
   *
   * @param prompt from {@code policy.format().prompt(...)}
   * @param candidates rollouts to draw, at least one
   * @param temperature above zero; the log-probabilities are those of this temperature
   * @return rollouts in drawing order, duplicates kept; empty when the deadline passed before
   * @throws PolicySessionException when the runtime fails
   * @throws ArithmeticException when a logit is not finite
   */
  public Optional<List<Rollout>> sample(
      OnnxPolicy policy,
      int[] prompt,
      int candidates,
      double temperature,
      RandomGenerator random,
      Deadline deadline) {
    return decode(
        new DecodeRequest(
            policy, prompt, candidates, TokenDraw.sampling(temperature, random), deadline));
  }

  /** The most probable token at every position. */
  public Rollout greedy(OnnxPolicy policy, int[] prompt) {
    TokenDraw draw = TokenDraw.greedy(settings.temperature());
    return decode(new DecodeRequest(policy, prompt, 1, draw, Deadline.NONE)).orElseThrow().get(0);
  }

  /** Log-probabilities of a given answer at the configured temperature. */
  public float[] score(OnnxPolicy policy, int[] prompt, int[] answer) {
    return score(policy, prompt, answer, settings.temperature());
  }

  /**
   * Log-probabilities of a given answer by one full pass without cache: the yardstick for cached
   * decoding.
   *
   * @param answer token ids, END included
   * @param temperature of the sampler in question
   * @return (answer length), natural log
   */
  public float[] score(OnnxPolicy policy, int[] prompt, int[] answer, double temperature) {
    int vocabulary = policy.spec().vocabularySize();
    int length = prompt.length + answer.length - 1;
    int[] input = Arrays.copyOf(prompt, length);
    System.arraycopy(answer, 0, input, prompt.length, answer.length - 1);
    float[] logits = logits(policy, input, prompt.length - 1);
    TokenDistribution tokens = new TokenDistribution(vocabulary);
    float[] scores = new float[answer.length];
    AnswerGrammar grammar = policy.format().grammar();
    int state = AnswerGrammar.START;
    for (int i = 0; i < answer.length; i++) {
      int now = state;
      tokens.fill(logits, i * vocabulary, temperature, id -> grammar.allowed(now, id));
      scores[i] = (float) tokens.logProb(answer[i]);
      state = grammar.next(state, answer[i]);
    }
    return scores;
  }

  private Optional<List<Rollout>> decode(DecodeRequest request) {
    return switch (request.policy().form()) {
      case EVEN -> even.decode(request);
      case RAGGED -> batcher.decode(request);
    };
  }

  private float[] logits(OnnxPolicy policy, int[] sequence, int first) {
    return switch (policy.form()) {
      case EVEN -> even.logits(policy, sequence, first);
      case RAGGED -> {
        PromptPass pass = new PromptPass(CacheShape.of(policy.spec()));
        pass.run(policy, sequence, first);
        float[] logits = new float[(sequence.length - first) * policy.spec().vocabularySize()];
        pass.logits().get(0, logits);
        yield logits;
      }
    };
  }
}
