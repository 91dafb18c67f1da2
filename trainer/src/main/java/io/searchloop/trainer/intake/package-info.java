/**
 * Minibatches on their way in: read in order, checked before any weight sees them.
 *
 * <pre>
 *   learning.minibatches.v1 --MinibatchSource--> ReceivedMinibatch --MinibatchReader--> rollouts, pairs
 *                                                                        '--> RefusalReason, counted
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.intake.MinibatchSource}. Thread owner: the trainer thread.
 */
@NullMarked
package io.searchloop.trainer.intake;

import org.jspecify.annotations.NullMarked;
