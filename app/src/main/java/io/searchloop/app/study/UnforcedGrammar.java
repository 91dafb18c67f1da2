package io.searchloop.app.study;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.rewrite.Tokenizer;

/**
 * Lets a policy speak without a grammar to hold its hand: any text at any place, an end anywhere
 * but at the start, nowhere forced. It must end a rewrite by itself, within the length cap, and
 * spell text. Serving forces the end; what is forced cannot be measured. Special tokens that the
 * warm start masked stay out: it never learned not to say them. The state is the position.
 *
 * @param longest longest answer
 */
record UnforcedGrammar(int longest) implements AnswerGrammar {

  @Override
  public int states() {
    return longest;
  }

  @Override
  public boolean allowed(int state, int token) {
    return token >= Tokenizer.SPECIAL_TOKENS || (token == Tokenizer.END && state > 0);
  }

  @Override
  public int next(int state, int token) {
    return state + 1;
  }
}
