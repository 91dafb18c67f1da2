package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Everything a step changes: weights, optimiser, randomness, and the counters beside them. Saved
 * and restored as one, so that a resumed trainer continues bit by bit.
 *
 * <p>Owns network and optimiser until {@link #close}. Thread owner: the trainer thread.
 */
public final class TrainingState implements AutoCloseable {
  private final PolicyNetwork network;
  private final AdamOptimizer optimizer;
  private RandomState random;
  private long step;

  /** A state before the first step. */
  public TrainingState(PolicyNetwork network, AdamSettings settings, long seed) {
    this.network = network;
    this.optimizer = new AdamOptimizer(network.parameters(), settings);
    this.random = new RandomState(seed);
  }

  public PolicyNetwork network() {
    return network;
  }

  public AdamOptimizer optimizer() {
    return optimizer;
  }

  /** The trainer's randomness; ask again after a restore. */
  public RandomState random() {
    return random;
  }

  /** Optimiser steps since the warm start. */
  public long step() {
    return step;
  }

  /** Counts a step that changed the weights. */
  public void advance() {
    step++;
  }

  /**
   * Saves durably.
   *
   * @return the hash to restore by
   */
  public String save(CheckpointStore store, long lineage, long nextMinibatch) {
    return store.save(
        new Checkpoint(
            network.config(),
            step,
            lineage,
            network.parameters(),
            optimizer.state(),
            random.state(),
            nextMinibatch));
  }

  /**
   * Returns to a saved state. Where minibatches are read from is not part of it: those offsets
   * never rewind.
   *
   * @throws IllegalArgumentException when there is no such checkpoint, or it does not fit
   */
  public void restore(CheckpointStore store, String hash) {
    try (PointerScope scope = new PointerScope()) {
      Checkpoint checkpoint = store.load(hash);
      network.load(checkpoint.parameters());
      optimizer.restore(checkpoint.optimizer());
      random = new RandomState(checkpoint.randomState());
      step = checkpoint.step();
    }
  }

  /**
   * Goes on from the network's weights as they are, when nothing else is left: a fresh optimiser,
   * which inflates the next updates, and fresh randomness.
   *
   * @param atStep step of the weights
   */
  public void beginAgain(long atStep, long seed) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> zeros = new LinkedHashMap<>();
      network.parameters().forEach((name, weight) -> zeros.put(name, torch.zeros_like(weight)));
      optimizer.restore(new AdamState(0, zeros, zeros));
    }
    random = new RandomState(seed);
    step = atStep;
  }

  /** SHA-256 of a network's shape and weights: the same for equal weights, whoever holds them. */
  public static String fingerprint(PolicyNetwork network) {
    DigestingChannel digesting = new DigestingChannel(DigestingChannel.nowhere());
    try {
      new SafetensorsFile(network.config().toProperties(), network.parameters()).write(digesting);
    } catch (IOException e) {
      throw new UncheckedIOException("writing nowhere", e);
    }
    return digesting.hash();
  }

  /** The network of a checkpoint, frozen: the reference policy. The caller closes it. */
  public static PolicyNetwork frozen(CheckpointStore store, String hash) {
    try (PointerScope scope = new PointerScope()) {
      Checkpoint checkpoint = store.load(hash);
      try (PolicyNetwork restored =
          PolicyNetwork.restore(checkpoint.network(), checkpoint.parameters())) {
        return restored.frozenCopy();
      }
    }
  }

  @Override
  public void close() {
    optimizer.close();
    network.close();
  }
}
