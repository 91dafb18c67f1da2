package io.searchloop.policy.rewrite;

/**
 * Which token may follow in an answer, as a finite automaton: sampler, trainer and reference walk
 * the same states, so their log-probabilities are of the same masked distribution. Immutable; safe
 * for any thread.
 */
public interface AnswerGrammar {
  /** State before the first token. */
  int START = 0;

  /** Number of states, numbered from {@link #START}. */
  int states();

  /** Longest answer, END included. */
  int longest();

  /** Whether a token may follow in a state. */
  boolean allowed(int state, int token);

  /** State after an allowed token. */
  int next(int state, int token);

  /** Whether every token may follow those before it; where the answer ends is not asked. */
  default boolean accepts(int[] tokens) {
    int state = START;
    for (int token : tokens) {
      if (!allowed(state, token)) {
        return false;
      }
      state = next(state, token);
    }
    return true;
  }
}
