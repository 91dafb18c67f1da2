/**
 * How likely shoppers are to examine each position, from logs alone.
 *
 * <pre>
 *   {@link io.searchloop.learning.propensity.PositionClicks} --&gt; {@link io.searchloop.learning.propensity.InterventionHarvesting} --&gt; {@link io.searchloop.learning.propensity.PositionBias}
 *       by product: {@link io.searchloop.learning.propensity.PositionPairs}, compared by {@link io.searchloop.learning.propensity.PairModel}
 * </pre>
 *
 * <p>{@link io.searchloop.learning.propensity.InterventionHarvesting} is the entry: a pure function
 * of its input; any thread.
 */
@NullMarked
package io.searchloop.learning.propensity;

import org.jspecify.annotations.NullMarked;
