package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.sampling.Categorical;
import io.searchloop.policy.sampling.LogProbs;
import java.util.random.RandomGenerator;

/**
 * How the next token of an answer is chosen: pi(y_t) = softmax(logits / temperature) over what the
 * grammar allows. The one place where a logged log-probability is made.
 */
final class TokenDraw {
  private final double temperature;
  private final Choice choice;

  private TokenDraw(double temperature, Choice choice) {
    this.temperature = temperature;
    this.choice = choice;
  }

  /** At random. */
  static TokenDraw sampling(double temperature, RandomGenerator random) {
    return new TokenDraw(temperature, logProbs -> Categorical.sample(logProbs, random));
  }

  /** The most probable. */
  static TokenDraw greedy(double temperature) {
    return new TokenDraw(temperature, Categorical::mode);
  }

  /**
   * Appends a token to an answer.
   *
   * @param logits of the next token, at {@code offset}, (vocabulary)
   * @param scratch (vocabulary), overwritten
   * @return the token
   * @throws ArithmeticException when a logit is not finite
   */
  int append(Answer answer, AnswerGrammar grammar, float[] logits, int offset, double[] scratch) {
    int state = answer.state();
    normalise(grammar, state, temperature, logits, offset, scratch);
    int token = choice.choose(scratch);
    answer.append(token, (float) scratch[token], grammar.next(state, token));
    return token;
  }

  /** Log-probabilities under the grammar, (vocabulary). */
  static void normalise(
      AnswerGrammar grammar,
      int state,
      double temperature,
      float[] logits,
      int offset,
      double[] out) {
    LogProbs.logSoftmax(logits, offset, temperature, id -> grammar.allowed(state, id), out);
  }

  /** Chooses a token id by log-probabilities, (vocabulary). */
  @FunctionalInterface
  private interface Choice {
    int choose(double[] logProbs);
  }
}
