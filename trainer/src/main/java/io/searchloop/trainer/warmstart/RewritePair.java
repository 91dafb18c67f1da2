package io.searchloop.trainer.warmstart;

/**
 * One supervised example.
 *
 * @param source what a shopper might type; not empty
 * @param target the rewrite to learn; not empty, equal to the source for an identity example
 */
public record RewritePair(String source, String target) {
  public RewritePair {
    if (source.isEmpty() || target.isEmpty()) {
      throw new IllegalArgumentException(
          "A rewrite pair needs a source and a target, found one empty.");
    }
  }

  /** Whether nothing is to be changed. */
  public boolean identity() {
    return source.equals(target);
  }
}
