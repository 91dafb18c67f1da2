/**
 * When shoppers prefer one rewrite of a query to another with enough certainty to train on it.
 *
 * <pre>
 *   rewards of each rewrite -- {@link io.searchloop.learning.preference.RewardStatistics} -- two judged by {@link io.searchloop.learning.preference.PairAdmission}
 *                                             |
 *                              {@link io.searchloop.learning.preference.RewardLevels} -- {@link io.searchloop.learning.preference.PairSelection} --> pairs
 *                                             +--------------------------> partial order
 *   purchases on one page ---- {@link io.searchloop.learning.preference.OrdinalPairs} ---------------------> pairs
 * </pre>
 *
 * <p>Immutable values; any thread.
 */
@NullMarked
package io.searchloop.learning.preference;

import org.jspecify.annotations.NullMarked;
