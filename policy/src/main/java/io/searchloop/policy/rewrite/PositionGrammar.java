package io.searchloop.policy.rewrite;

/**
 * Allows what the position alone decides: at least one ordinary token, then END, which is the only
 * token at the last position. In sets SEPARATOR too, where a token and END still find room. The
 * state is the position.
 *
 * @param longest longest answer, END included
 * @param sets whether rewrites may be separated
 */
record PositionGrammar(int longest, boolean sets) implements AnswerGrammar {

  @Override
  public int states() {
    return longest;
  }

  @Override
  public boolean allowed(int state, int token) {
    if (state >= longest - 1) {
      return token == Tokenizer.END;
    }
    if (token == Tokenizer.END) {
      return state > 0;
    }
    if (token == Tokenizer.SEPARATOR) {
      return sets && state > 0 && state < longest - 2;
    }
    return token >= Tokenizer.SPECIAL_TOKENS;
  }

  @Override
  public int next(int state, int token) {
    return state + 1;
  }
}
