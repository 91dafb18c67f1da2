package io.searchloop.trainer.network;

import io.searchloop.policy.rewrite.AnswerGrammar;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Which tokens a response may hold after each prefix, so that the trainer normalises over the same
 * tokens as the sampler that served the rewrite. A row for each state of a grammar; where the
 * position alone decides, the state is the position.
 *
 * <p>Build it once per rewrite format and keep it: it owns {@code states * vocabulary} bytes of
 * native memory until {@link #close}. Thread owner: the trainer thread.
 */
public final class TokenMask implements AutoCloseable {

  /** A grammar that looks at the position only. */
  @FunctionalInterface
  public interface Grammar {
    /** Whether {@code tokenId} may stand at {@code position} of a response, counted from zero. */
    boolean allowed(int position, int tokenId);
  }

  private final AnswerGrammar grammar;
  private final boolean[][] allowed;
  private final Tensor forbidden;

  private TokenMask(boolean[][] allowed, AnswerGrammar grammar) {
    this.allowed = allowed;
    this.grammar = grammar;
    int vocabulary = allowed[0].length;
    boolean[] flat = new boolean[allowed.length * vocabulary];
    for (int state = 0; state < allowed.length; state++) {
      for (int token = 0; token < vocabulary; token++) {
        flat[state * vocabulary + token] = !allowed[state][token];
      }
    }
    try (PointerScope scope = new PointerScope()) {
      this.forbidden = Tensors.retain(Tensor.create(flat, allowed.length, vocabulary));
    }
  }

  /** The mask {@code allowed[position][tokenId]}, which is copied. */
  public static TokenMask of(boolean[][] allowed) {
    if (allowed.length == 0) {
      throw new IllegalArgumentException("token mask: found no position, expected at least one");
    }
    boolean[][] copy = new boolean[allowed.length][];
    for (int position = 0; position < copy.length; position++) {
      copy[position] = allowed[position].clone();
      requireChoice(position, copy[position], copy[0].length);
    }
    return new TokenMask(copy, new Positions(copy));
  }

  /** Asks {@code grammar} about every token of the first {@code positions} positions. */
  public static TokenMask of(int positions, int vocabularySize, Grammar grammar) {
    boolean[][] allowed = new boolean[positions][vocabularySize];
    for (int position = 0; position < positions; position++) {
      for (int token = 0; token < vocabularySize; token++) {
        allowed[position][token] = grammar.allowed(position, token);
      }
    }
    return of(allowed);
  }

  /** Asks {@code grammar} about every token in each of its states. */
  public static TokenMask of(AnswerGrammar grammar, int vocabularySize) {
    boolean[][] allowed = new boolean[grammar.states()][vocabularySize];
    for (int state = 0; state < allowed.length; state++) {
      for (int token = 0; token < vocabularySize; token++) {
        allowed[state][token] = grammar.allowed(state, token);
      }
    }
    return new TokenMask(allowed, grammar);
  }

  /** Allows every token at every position. */
  public static TokenMask everything(int positions, int vocabularySize) {
    return of(positions, vocabularySize, (position, token) -> true);
  }

  /** Longest response the mask covers. */
  public int positions() {
    return grammar.longest();
  }

  /** Rows {@code (N, vocab)} bool, true where a token is forbidden, for each response token. */
  Tensor forbiddenAt(SequenceBatch batch) {
    Tensor states =
        grammar instanceof Positions
            ? batch.responsePositions()
            : states(grammar, batch.responses());
    return forbidden.index_select(0, states);
  }

  /** State before each response token, {@code (N)} int64, response by response. */
  private static Tensor states(AnswerGrammar grammar, List<int[]> responses) {
    int tokens = responses.stream().mapToInt(response -> response.length).sum();
    long[] states = new long[tokens];
    int next = 0;
    for (int[] response : responses) {
      int state = AnswerGrammar.START;
      for (int token : response) {
        states[next++] = state;
        state = grammar.next(state, token);
      }
    }
    return Tensors.ofLongs(states, tokens);
  }

  /** Fails if a response is longer than the mask or holds a token it could not have sampled. */
  void requireAllowed(List<int[]> responses) {
    for (int row = 0; row < responses.size(); row++) {
      int[] response = responses.get(row);
      if (response.length > positions()) {
        throw new IllegalArgumentException(
            "response %d: found %d tokens, expected at most %d (the rewrite format's length cap)"
                .formatted(row, response.length, positions()));
      }
      int state = AnswerGrammar.START;
      for (int position = 0; position < response.length; position++) {
        int token = response[position];
        if (token < 0 || token >= allowed[state].length || !allowed[state][token]) {
          throw new IllegalArgumentException(
              ("response %d, position %d: token %d is not allowed by the rewrite format. Was it"
                      + " sampled under another tokenizer or format?")
                  .formatted(row, position, token));
        }
        state = grammar.next(state, token);
      }
    }
  }

  @Override
  public void close() {
    forbidden.close();
  }

  private static void requireChoice(int position, boolean[] row, int vocabulary) {
    boolean any = false;
    for (boolean tokenAllowed : row) {
      any |= tokenAllowed;
    }
    if (!any || row.length != vocabulary) {
      throw new IllegalArgumentException(
          "token mask position %d: found %d tokens%s, expected %d with at least one allowed"
              .formatted(position, row.length, any ? "" : ", none allowed", vocabulary));
    }
  }

  /** A table by position as a grammar. */
  private record Positions(boolean[][] table) implements AnswerGrammar {
    @Override
    public int states() {
      return table.length;
    }

    @Override
    public int longest() {
      return table.length;
    }

    @Override
    public boolean allowed(int state, int token) {
      return table[state][token];
    }

    @Override
    public int next(int state, int token) {
      return state + 1;
    }
  }
}
