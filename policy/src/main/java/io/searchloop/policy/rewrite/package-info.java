/**
 * How text becomes tokens and tokens become a rewrite: the one format that sampler, trainer and
 * release gate share. Entry: {@link io.searchloop.policy.rewrite.RewriteFormat}. Immutable, safe
 * for any thread.
 */
@NullMarked
package io.searchloop.policy.rewrite;

import org.jspecify.annotations.NullMarked;
