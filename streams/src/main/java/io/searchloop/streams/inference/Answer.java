package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/** An answer while it is decoded: tokens and their log-probabilities so far. */
final class Answer {
  private final int[] tokens;
  private final float[] logProbs;
  private int length;
  private int state = AnswerGrammar.START;

  Answer(int maxTokens) {
    this.tokens = new int[maxTokens];
    this.logProbs = new float[maxTokens];
  }

  /** State of the grammar before the next token. */
  int state() {
    return state;
  }

  /**
   * @param next state of the grammar after the token
   */
  void append(int token, float logProb, int next) {
    tokens[length] = token;
    logProbs[length] = logProb;
    length++;
    state = next;
  }

  boolean ended() {
    return length == tokens.length || (length > 0 && tokens[length - 1] == Tokenizer.END);
  }

  Rollout rollout(RewriteFormat format) {
    int[] ids = Arrays.copyOf(tokens, length);
    Optional<String> rewrite = format.rewrite(ids);
    return new Rollout(
        ids, Arrays.copyOf(logProbs, length), rewrite.orElse(""), rewrite.isPresent());
  }
}
