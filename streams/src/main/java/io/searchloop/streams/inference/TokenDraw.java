package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.sampling.TokenDistribution;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * How the next token of an answer is chosen: pi(y_t) = softmax(logits / temperature) over what the
 * grammar allows. The one place where a logged log-probability is made.
 */
final class TokenDraw {
  private final double temperature;
  private final ToIntFunction<TokenDistribution> choice;

  private TokenDraw(double temperature, ToIntFunction<TokenDistribution> choice) {
    this.temperature = temperature;
    this.choice = choice;
  }

  /** At random. */
  static TokenDraw sampling(double temperature, RandomGenerator random) {
    return new TokenDraw(temperature, tokens -> tokens.sample(random));
  }

  /** The most probable. */
  static TokenDraw greedy(double temperature) {
    return new TokenDraw(temperature, TokenDistribution::mode);
  }

  /**
   * Appends a token to an answer.
   *
   * @param logits of the next token, at {@code offset}, (vocabulary)
   * @param scratch of the same vocabulary, overwritten
   * @return the token
   * @throws ArithmeticException when a logit is not finite
   */
  int append(
      Answer answer, AnswerGrammar grammar, float[] logits, int offset, TokenDistribution scratch) {
    int state = answer.state();
    scratch.fill(logits, offset, temperature, id -> grammar.allowed(state, id));
    int token = choice.applyAsInt(scratch);
    answer.append(token, (float) scratch.logProb(token), grammar.next(state, token));
    return token;
  }
}
