/**
 * Puts rewarded rollouts together for the trainer.
 *
 * <pre>
 *   rewards -+- by group key -- CollectGroup -- groups, corrections --+-- StalenessGate --+
 *            |                                                       |                   +-- PackMinibatch -- minibatches
 *            +- by group key -- AdmitPairs ---- preference pairs -----+-------------------+   by kind and lineage
 * </pre>
 *
 * <p>{@link io.searchloop.jobs.assembly.MinibatchJob} is the diagram in code. Event time here is
 * impression time. Keyed state is confined to the key being worked on; one task thread a subtask.
 */
@NullMarked
package io.searchloop.jobs.assembly;

import org.jspecify.annotations.NullMarked;
