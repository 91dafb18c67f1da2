/**
 * Prices outcomes.
 *
 * <pre>
 *   event time -- {@link io.searchloop.learning.reward.RewardSchedule} --> the configuration in force
 *   outcome ----- {@link io.searchloop.learning.reward.OutcomePrices} ---> {@link io.searchloop.learning.reward.Micros}
 * </pre>
 *
 * <p>Pure: what was paid for, and what a visitor may still earn, is the caller's state.
 */
@NullMarked
package io.searchloop.learning.reward;

import org.jspecify.annotations.NullMarked;
