/**
 * Puts rewarded rollouts together for the trainer.
 *
 * <pre>
 *   rewards -- AdmitTuples -+- CollectGroup --- groups, corrections -+
 *              by Comparison +- PairPurchases -- pairs of one page ----+-- StalenessGate -- PackMinibatch -- minibatches
 *                            +- AdmitPairs ----- pairs, orders --------+                    by kind and lineage
 *                               by group key
 * </pre>
 *
 * <p>{@link io.searchloop.jobs.assembly.MinibatchJob} is the diagram in code; {@code DISCUSSION.md}
 * lists the hard cases. Event time here is impression time. Keyed state is confined to the key
 * being worked on; one task thread a subtask.
 */
@NullMarked
package io.searchloop.jobs.assembly;

import org.jspecify.annotations.NullMarked;
