/**
 * Lays outcomes to the rollouts that earned them.
 *
 * <pre>
 *   decisions --+                     +--> rewards, by group key
 *               +-- by visitor -------+--> dead letters (bad, late)
 *   events -----+   JoinInteractions  +--> ledger
 * </pre>
 *
 * <p>{@link io.searchloop.jobs.attribution.RewardJob} is the diagram in code. A search lives from
 * its decision until the long window after its impression ends:
 *
 * <pre>
 *   decided     shown              W1                               W2
 *      |----------|-----------------|--------------------------------|
 *                 outcomes sum up   base tuple, then a correction    state cleared
 *                                   for each later outcome
 * </pre>
 *
 * <p>Keyed state is confined to the key being worked on; one task thread a subtask.
 */
@NullMarked
package io.searchloop.jobs.attribution;

import org.jspecify.annotations.NullMarked;
