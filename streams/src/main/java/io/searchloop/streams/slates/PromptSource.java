package io.searchloop.streams.slates;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;

/** What a policy is asked for a query: the very prompt that requests for it will have. */
@FunctionalInterface
public interface PromptSource {
  /** Prompt token ids. */
  int[] of(RewriteFormat format, QueryContext context);
}
