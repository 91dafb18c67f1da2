/**
 * When shoppers prefer one rewrite of a query to another with enough certainty to train on it.
 *
 * <pre>
 *   rewards of a rewrite -- {@link io.searchloop.learning.preference.RewardStatistics} --+
 *                                                            +-- {@link io.searchloop.learning.preference.PairAdmission} --> pair
 *   rewards of another ----- RewardStatistics ---------------+
 * </pre>
 *
 * <p>Immutable values; any thread.
 */
@NullMarked
package io.searchloop.learning.preference;

import org.jspecify.annotations.NullMarked;
