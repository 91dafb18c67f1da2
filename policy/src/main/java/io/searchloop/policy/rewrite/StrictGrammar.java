package io.searchloop.policy.rewrite;

/**
 * Allows only what can still become a valid answer: whole UTF-8 characters, no blank rewrite, at
 * most as many rewrites as the set may hold, and always room to finish what was begun. Every single
 * byte is a token, so what is pending can be finished byte by byte.
 *
 * <p>The state is the position, the number of separators so far, and the {@link Utf8State} of the
 * rewrite at hand. Example: five tokens at most, one rewrite: the first byte of a three-byte
 * character may stand at positions 0 and 1; at position 2 it would leave no place for END.
 */
final class StrictGrammar implements AnswerGrammar {
  private final Tokenizer tokenizer;
  private final int longest;
  private final int rewrites;

  StrictGrammar(Tokenizer tokenizer, int longest, int rewrites) {
    this.tokenizer = tokenizer;
    this.longest = longest;
    this.rewrites = rewrites;
  }

  @Override
  public int states() {
    return longest * rewrites * Utf8State.STATES;
  }

  @Override
  public int longest() {
    return longest;
  }

  @Override
  public boolean allowed(int state, int token) {
    int text = text(state);
    int left = longest - 2 - position(state); // ordinary tokens that still fit after this one
    if (token == Tokenizer.END) {
      return Utf8State.complete(text);
    }
    if (token == Tokenizer.SEPARATOR) {
      return Utf8State.complete(text) && separators(state) + 1 < rewrites && left > 0;
    }
    if (token < Tokenizer.SPECIAL_TOKENS || token >= tokenizer.vocabularySize() || left < 0) {
      return false;
    }
    int after = Utf8State.after(text, tokenizer.bytes(token));
    return after != Utf8State.BROKEN && needed(after) <= left;
  }

  @Override
  public int next(int state, int token) {
    int separators = separators(state);
    int text = Utf8State.EMPTY;
    if (token == Tokenizer.SEPARATOR) {
      separators++;
    } else if (token >= Tokenizer.SPECIAL_TOKENS) {
      text = Utf8State.after(text(state), tokenizer.bytes(token));
    }
    return ((position(state) + 1) * rewrites + separators) * Utf8State.STATES + text;
  }

  /** Tokens that finish the rewrite: the character at hand, and one to show something. */
  private static int needed(int text) {
    return Utf8State.pending(text) + (Utf8State.shown(text) ? 0 : 1);
  }

  private int position(int state) {
    return state / (Utf8State.STATES * rewrites);
  }

  private int separators(int state) {
    return state / Utf8State.STATES % rewrites;
  }

  private static int text(int state) {
    return state % Utf8State.STATES;
  }
}
