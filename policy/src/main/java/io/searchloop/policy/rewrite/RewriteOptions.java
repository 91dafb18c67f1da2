package io.searchloop.policy.rewrite;

/**
 * What the policy sees beyond the query, and what it may answer. Part of the policy, because a
 * worker must build the very prompt that the policy was trained on.
 *
 * @param locale whether the prompt names the locale
 * @param annotations whether the prompt carries the query's annotations
 * @param sessionQueries most earlier queries of the session in the prompt; 0 for none
 * @param products k: most results of the query as typed in the prompt (LESER's context); 0 for none
 * @param rewrites most rewrites in an answer; more than one makes the answer a set
 * @param decoding how much of the grammar the sampler enforces
 */
public record RewriteOptions(
    boolean locale,
    boolean annotations,
    int sessionQueries,
    int products,
    int rewrites,
    Decoding decoding) {
  /** The query alone, one rewrite. */
  public static final RewriteOptions PLAIN =
      new RewriteOptions(false, false, 0, 0, 1, Decoding.POSITIONS);

  public RewriteOptions {
    if (sessionQueries < 0 || products < 0 || rewrites < 1) {
      throw new IllegalArgumentException(
          "Rewrite options name %d session queries, %d products and %d rewrites; expected 0 or more, 0 or more, at least 1."
              .formatted(sessionQueries, products, rewrites));
    }
    if (decoding == null) { // as JSON may leave it
      throw new IllegalArgumentException("Rewrite options name no decoding, expected one.");
    }
  }

  /** The query with the first k results in the prompt. */
  public static RewriteOptions products(int k) {
    return new RewriteOptions(false, false, 0, k, 1, Decoding.POSITIONS);
  }

  /** These options with answers of up to {@code most} rewrites. */
  public RewriteOptions withRewrites(int most) {
    return new RewriteOptions(locale, annotations, sessionQueries, products, most, decoding);
  }

  /** These options under another decoding. */
  public RewriteOptions withDecoding(Decoding other) {
    return new RewriteOptions(locale, annotations, sessionQueries, products, rewrites, other);
  }

  /** Sections of the prompt after the query. */
  int sections() {
    return (locale ? 1 : 0)
        + (annotations ? 1 : 0)
        + (sessionQueries > 0 ? 1 : 0)
        + (products > 0 ? 1 : 0);
  }
}
