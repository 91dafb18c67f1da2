/**
 * What a trainer needs to go on exactly where it stopped, and the files that hold it.
 *
 * <pre>
 *   PolicyNetwork + AdamOptimizer + RandomState -> Checkpoint -> SafetensorsFile -> CheckpointStore
 *                                                               (named by its SHA-256)
 * </pre>
 *
 * <p>Enter at {@link io.searchloop.trainer.checkpoint.CheckpointStore}. A release names the hash of
 * its checkpoint, so the file is on disk before the release is committed. Optimiser moments are
 * part of it: a fresh optimiser inflates the next updates several times. Thread owner: the trainer
 * thread; tensors that are read belong to the caller's {@code PointerScope}.
 */
@NullMarked
package io.searchloop.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
