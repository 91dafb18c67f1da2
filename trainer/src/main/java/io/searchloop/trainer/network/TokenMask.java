package io.searchloop.trainer.network;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Which tokens a response may hold at each position, so that the trainer normalises over the same
 * tokens as the sampler that served the rewrite.
 *
 * <p>Build it once per rewrite format and keep it: it owns {@code positions * vocabulary} bytes of
 * native memory until {@link #close}. Thread owner: the trainer thread.
 */
public final class TokenMask implements AutoCloseable {

  /** A rewrite format's grammar. */
  @FunctionalInterface
  public interface Grammar {
    /** Whether {@code tokenId} may stand at {@code position} of a response, counted from zero. */
    boolean allowed(int position, int tokenId);
  }

  private final boolean[][] allowed;
  private final Tensor forbidden;

  private TokenMask(boolean[][] allowed) {
    this.allowed = allowed;
    int vocabulary = allowed[0].length;
    boolean[] flat = new boolean[allowed.length * vocabulary];
    for (int position = 0; position < allowed.length; position++) {
      requireChoice(position, allowed[position], vocabulary);
      for (int token = 0; token < vocabulary; token++) {
        flat[position * vocabulary + token] = !allowed[position][token];
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
    }
    return new TokenMask(copy);
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

  /** Allows every token at every position. */
  public static TokenMask everything(int positions, int vocabularySize) {
    return of(positions, vocabularySize, (position, token) -> true);
  }

  /** Longest response the mask covers. */
  public int positions() {
    return allowed.length;
  }

  /** Whether {@code tokenId} may stand at {@code position}. */
  public boolean allowed(int position, int tokenId) {
    return allowed[position][tokenId];
  }

  /** Rows {@code (N, vocab)} bool, true where a token is forbidden, for {@code positions (N)}. */
  Tensor forbiddenAt(Tensor positions) {
    return forbidden.index_select(0, positions);
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
      for (int position = 0; position < response.length; position++) {
        int token = response[position];
        if (token < 0 || token >= allowed[position].length || !allowed[position][token]) {
          throw new IllegalArgumentException(
              ("response %d, position %d: token %d is not allowed by the rewrite format. Was it"
                      + " sampled under another tokenizer or format?")
                  .formatted(row, position, token));
        }
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
}
