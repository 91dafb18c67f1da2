/**
 * How good a rollout was relative to its group.
 *
 * <pre>
 *   rewards of a group -- {@link io.searchloop.learning.advantage.GroupAdvantage} --> advantages
 *   a late change ------- {@link io.searchloop.learning.advantage.Correction} ------> changes of all advantages
 * </pre>
 *
 * <p>Stateless; any thread.
 */
@NullMarked
package io.searchloop.learning.advantage;

import org.jspecify.annotations.NullMarked;
