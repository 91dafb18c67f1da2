/**
 * Probability distributions that several parts of learning compute with. Pure functions; any
 * thread.
 *
 * <p>Entry: {@link io.searchloop.learning.distribution.Normal}.
 */
@NullMarked
package io.searchloop.learning.distribution;

import org.jspecify.annotations.NullMarked;
