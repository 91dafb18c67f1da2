/**
 * Minibatches to releases: one loop on one thread.
 *
 * <pre>
 *   intake --> Trainer --> loss, network (libtorch)
 *                 |
 *                 every K minibatches or T seconds
 *                 |
 *                 v
 *             checkpoint --> export --> publish (gate, then one transaction with the offsets)
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.Trainer}; stand-alone: {@link
 * io.searchloop.trainer.TrainerMain}. The network and every tensor belong to the trainer thread.
 */
@NullMarked
package io.searchloop.trainer;

import org.jspecify.annotations.NullMarked;
