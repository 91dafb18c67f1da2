/**
 * Prices outcomes.
 *
 * <pre>
 *   outcome + what was paid before -- {@link io.searchloop.learning.reward.ShopperReward} --> change
 *   changes ------------------------- {@link io.searchloop.learning.reward.RewardTerms} ----> reward with named addends
 * </pre>
 *
 * <p>Stateless: what was paid for lives in a map owned by the caller, so that it can be job state.
 */
@NullMarked
package io.searchloop.learning.reward;

import org.jspecify.annotations.NullMarked;
