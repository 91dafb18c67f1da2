package io.searchloop.trainer;

import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.Checkpoint;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.intake.MinibatchReader;
import io.searchloop.trainer.intake.ReceivedMinibatch;
import io.searchloop.trainer.intake.RefusalReason;
import io.searchloop.trainer.loss.UpdateStep;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseEntry;
import io.searchloop.trainer.publish.ReleaseGate;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.InstantSource;

/**
 * Everything between two steps: weights and optimiser, the frozen reference, the line of releases
 * they continue, and the minibatches since. Owns its native memory. Thread owner: the trainer
 * thread.
 */
final class TrainingSession implements AutoCloseable {
  private static final long FIRST_LINEAGE = -1;

  private final TrainingState state;
  private final PolicyNetwork reference;
  private final TokenMask mask;
  private final CheckpointStore checkpoints;
  private final Learner learner;
  private final Releaser releaser;
  private final InstantSource clock;
  private final ReleaseWindow window;
  private TrainingLine line;

  private TrainingSession(
      TrainerConfig config,
      WarmStart warmStart,
      CheckpointStore checkpoints,
      InstantSource clock,
      TrainingState state,
      PolicyNetwork reference,
      TokenMask mask,
      Releaser releaser,
      TrainingLine line,
      long nextMinibatch) {
    this.state = state;
    this.reference = reference;
    this.mask = mask;
    this.checkpoints = checkpoints;
    this.releaser = releaser;
    this.clock = clock;
    this.line = line;
    this.window = new ReleaseWindow(nextMinibatch);
    UpdateStep update =
        new UpdateStep(
            state.network(),
            reference,
            state.optimizer(),
            mask,
            config.updateSettings(warmStart.spec().maxRewriteTokens()));
    this.learner = new Learner(config, new MinibatchReader(warmStart.format()), update, state);
  }

  /**
   * Takes the pen and continues where the logs say: after the warm start of a new log, else from
   * the newest release of the current lineage at the committed offset.
   *
   * @throws IllegalStateException when logs, offsets, checkpoints and warm start do not belong
   *     together; the message names the remedy
   */
  static TrainingSession resume(
      TrainerConfig config,
      GateSettings gateSettings,
      WarmStart warmStart,
      TrainerPorts ports,
      CheckpointStore checkpoints,
      InstantSource clock) {
    ports.releases().open();
    PolicyHistory history = ports.policyLog().catchUp();
    long nextMinibatch = ports.minibatches().committed();
    requireConsistent(history, warmStart, nextMinibatch);
    RewriteFormat format = warmStart.format();
    TokenMask mask = TokenMask.of(format.grammar(), warmStart.spec().vocabularySize());
    TrainingState state =
        new TrainingState(trainable(warmStart.network()), AdamSettings.defaults(), config.seed());
    try {
      ReleaseGate gate =
          new ReleaseGate(gateSettings, warmStart.probes(), config.temperature(), mask);
      Releaser releaser =
          new Releaser(
              config, warmStart, checkpoints, gate, ports.releases(), clock, codeVersion());
      // A lost disk costs what was trained, never the warm start: equal content, equal hash.
      state.save(checkpoints, FIRST_LINEAGE, 0);
      TrainingLine line =
          history.first().isEmpty()
              ? releaser.first(state, FIRST_LINEAGE)
              : TrainingLine.of(history);
      restore(state, checkpoints, line);
      ports.minibatches().seek(nextMinibatch);
      return new TrainingSession(
          config,
          warmStart,
          checkpoints,
          clock,
          state,
          warmStart.network().frozenCopy(),
          mask,
          releaser,
          line,
          nextMinibatch);
    } catch (RuntimeException e) {
      mask.close();
      state.close();
      throw e;
    }
  }

  private static void requireConsistent(
      PolicyHistory history, WarmStart warmStart, long nextMinibatch) {
    history.first().ifPresent(first -> requireSameWarmStart(first, warmStart));
    long accounted =
        history.newest().map(entry -> entry.manifest().provenance().toMinibatch()).orElse(0L);
    if (accounted != nextMinibatch) {
      throw new IllegalStateException(
          "The release log accounts for minibatches up to offset "
              + accounted
              + ", the committed offset of the trainer's group is "
              + nextMinibatch
              + ". They are always committed together: set the group back to "
              + accounted
              + ", or restore both topics from the same backup.");
    }
  }

  private static void requireSameWarmStart(ReleaseEntry first, WarmStart warmStart) {
    String found = Sha256.of(warmStart.artifact(warmStart.network()).toBytes());
    if (!first.manifest().sha256().equals(found)) {
      throw new IllegalStateException(
          "The release log began with artifact "
              + first.manifest().sha256()
              + ", this warm start is "
              + found
              + ". Start with the warm start of this log, or with a new data directory.");
    }
  }

  /** Learns from a minibatch and notes it in the window. */
  Lesson learn(ReceivedMinibatch received) {
    Lesson lesson = learner.learn(received, line.lineage());
    window.add(received.offset(), lesson, clock.instant());
    return lesson;
  }

  /** Releases what is trained, or goes back to the release before. */
  GateVerdict release() {
    Releaser.Released released = releaser.next(state, reference, line, window);
    line = released.line();
    window.close();
    return released.verdict();
  }

  /**
   * Puts other weights of the same shape in place of those in training and releases them as the
   * next step; the optimiser starts afresh, for its moments belong to the weights that go.
   */
  GateVerdict adopt(PolicyNetwork other) {
    try (AdamOptimizer fresh = new AdamOptimizer(other.parameters(), AdamSettings.defaults())) {
      Checkpoint adopted =
          new Checkpoint(
              other.config(),
              state.step() + 1,
              line.lineage(),
              other.parameters(),
              fresh.state(),
              state.random().state(),
              window.next());
      state.restore(checkpoints, checkpoints.save(adopted));
    }
    window.imported();
    return release();
  }

  /**
   * Goes on from another release; what was trained since the last one is lost.
   *
   * @return minibatches whose effect was lost
   */
  long rewind(TrainingLine target) {
    restore(state, checkpoints, target);
    line = target;
    return window.withdraw(RefusalReason.WITHDRAWN);
  }

  private static void restore(TrainingState state, CheckpointStore checkpoints, TrainingLine line) {
    if (!checkpoints.contains(line.checkpoint())) {
      throw new IllegalStateException(
          "Checkpoint "
              + line.checkpoint()
              + " of policy version "
              + line.parentVersion()
              + " is not on this disk. Put the checkpoint directory back, or roll back to a version"
              + " whose checkpoint is there; the warm start's always is.");
    }
    state.restore(checkpoints, line.checkpoint());
  }

  TrainingLine line() {
    return line;
  }

  ReleaseWindow window() {
    return window;
  }

  /** Optimiser steps since the warm start. */
  long step() {
    return state.step();
  }

  @Override
  public void close() {
    reference.close();
    mask.close();
    state.close();
  }

  private static PolicyNetwork trainable(PolicyNetwork network) {
    return PolicyNetwork.restore(network.config(), network.parameters());
  }

  private static String codeVersion() {
    String version = TrainingSession.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
