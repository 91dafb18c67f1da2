package io.searchloop.app.train;

import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.schemas.config.Setting;

/**
 * What the policy sees and may answer, keys {@code train.prompt.*}. Serving reads it from the
 * policy.
 *
 * @param products k: results of the query as typed in the prompt
 * @param rewrites most rewrites of an answer
 * @param decoding how much of the grammar the sampler enforces
 */
public record PromptConfig(
    @Setting(value = "0", help = "k: results of the query as typed in the prompt") int products,
    @Setting(value = "1", help = "most rewrites of an answer; more make it a set") int rewrites,
    @Setting(value = "positions", help = "grammar that sampling enforces: free, positions, strict")
        Decoding decoding) {
  public PromptConfig {
    new RewriteOptions(false, false, 0, products, rewrites, decoding);
  }

  RewriteOptions options() {
    return RewriteOptions.products(products).withRewrites(rewrites).withDecoding(decoding);
  }
}
