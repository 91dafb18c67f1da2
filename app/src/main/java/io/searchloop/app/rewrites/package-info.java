/**
 * What a policy has learned, as rules for search engines that know none: docs/rules.md.
 *
 * <pre>
 *   learning.rewards.v1 --&gt; SearchRewards: what each search earned
 *   search.decisions.v1 --&gt; RewriteTrials: searches with a rewrite beside searches of the query as typed
 *                             --&gt; RewriteWins (interval above zero, the best of a query) --&gt; RuleFormat --&gt; file
 * </pre>
 *
 * <p>{@link io.searchloop.app.rewrites.RewriteTrials} is the entry. One thread.
 */
@NullMarked
package io.searchloop.app.rewrites;

import org.jspecify.annotations.NullMarked;
