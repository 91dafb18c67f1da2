package io.searchloop.trainer;

import java.util.Map;
import java.util.TreeMap;

/**
 * A look at the trainer from outside; a copy, readable by any thread.
 *
 * @param phase what it is doing
 * @param step optimiser steps since the warm start, in this lineage
 * @param lineage lineage trained in
 * @param version newest release of this trainer; -1 before the first
 * @param nextMinibatch offset it reads next
 * @param trained minibatches that changed the weights since start
 * @param refused minibatches that did not, by reason, since start
 * @param droppedSequences sequences left out of trained minibatches, by reason, since start
 * @param releases releases since start
 * @param refusals releases the gate refused since start
 * @param rebuilds times a lost checkpoint was rebuilt from released chunks, with a fresh optimiser
 * @param learning figures of the last step: loss, kl, ess, ...
 * @param gate figures of the last gate
 * @param problem why the last release was refused or the trainer stopped; empty when all is well
 */
public record TrainerStatus(
    Phase phase,
    long step,
    long lineage,
    long version,
    long nextMinibatch,
    long trained,
    Map<String, Long> refused,
    Map<String, Long> droppedSequences,
    long releases,
    long refusals,
    long rebuilds,
    Map<String, Double> learning,
    Map<String, Double> gate,
    String problem) {
  /** What the trainer is doing. */
  public enum Phase {
    STARTING,
    WAITING,
    LEARNING,
    RELEASING,
    STOPPED,
    FAILED
  }

  static final TrainerStatus INITIAL =
      new TrainerStatus(
          Phase.STARTING, 0, -1, -1, 0, 0, Map.of(), Map.of(), 0, 0, 0, Map.of(), Map.of(), "");

  public TrainerStatus {
    refused = new TreeMap<>(refused);
    droppedSequences = new TreeMap<>(droppedSequences);
    learning = new TreeMap<>(learning);
    gate = new TreeMap<>(gate);
  }
}
