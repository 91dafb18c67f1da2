package io.searchloop.policy.rewrite;

/**
 * Allows everything up to the length cap, so that validity measures the policy and not the sampler.
 * An answer that reaches the cap without END is invalid. The state is the position.
 *
 * @param longest longest answer
 */
record FreeGrammar(int longest) implements AnswerGrammar {

  @Override
  public int states() {
    return longest;
  }

  @Override
  public boolean allowed(int state, int token) {
    return true;
  }

  @Override
  public int next(int state, int token) {
    return state + 1;
  }
}
