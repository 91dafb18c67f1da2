/**
 * A job that begins without its state on topics that hold its work: what was written before is
 * found out from the topics, and not written again.
 *
 * <pre>
 *   learning.ledger.v1, learning.rewards.v1, search.dead-letters.v1, learning.minibatches.v1
 *        --> {@link io.searchloop.jobs.past.PastRun} --> operators that would repeat it
 * </pre>
 *
 * Entry: {@link io.searchloop.jobs.past.PastRun}. Read by each task for itself, when it begins. See
 * docs/adr/0068.
 */
@NullMarked
package io.searchloop.jobs.past;

import org.jspecify.annotations.NullMarked;
