package io.searchloop.trainer;

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
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseGate;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between two steps: weights and optimiser, the frozen reference, the line of releases
 * they continue, and the minibatches since. Owns its native memory. Thread owner: the trainer
 * thread.
 */
final class TrainingSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainingSession.class);
  private static final long FIRST_LINEAGE = -1;

  private final TrainingState state;
  private final PolicyNetwork reference;
  private final TokenMask mask;
  private final CheckpointStore checkpoints;
  private final Learner learner;
  private final Releaser releaser;
  private final Restorer restorer;
  private final CheckpointRetention retention;
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
      Restorer restorer,
      TrainingLine line,
      long nextMinibatch) {
    this.state = state;
    this.reference = reference;
    this.mask = mask;
    this.checkpoints = checkpoints;
    this.releaser = releaser;
    this.restorer = restorer;
    this.retention = new CheckpointRetention(config.keepCheckpoints());
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
    long nextMinibatch = nextMinibatch(history, ports.minibatches().committed());
    String fingerprint = WarmStartFingerprint.of(warmStart);
    history.first().ifPresent(first -> WarmStartFingerprint.require(fingerprint, first, warmStart));
    RewriteFormat format = warmStart.format();
    TokenMask mask = TokenMask.of(format.grammar(), warmStart.spec().vocabularySize());
    TrainingState state =
        new TrainingState(
            trainable(warmStart.network(), config.compute()),
            AdamSettings.defaults(),
            config.seed());
    try {
      ReleaseGate gate =
          new ReleaseGate(
              gateSettings, warmStart.probes(), config.temperature(), mask, ports.golden(), clock);
      Releaser releaser =
          new Releaser(
              config,
              warmStart,
              fingerprint,
              checkpoints,
              gate,
              ports.releases(),
              clock,
              codeVersion());
      Restorer restorer = new Restorer(checkpoints, ports.artifacts(), config.seed());
      // A lost disk costs what was trained, never the warm start: equal content, equal hash.
      state.save(checkpoints, FIRST_LINEAGE, 0);
      TrainingLine line =
          history.first().isEmpty()
              ? releaser.first(state, FIRST_LINEAGE)
              : restorer.restore(state, TrainingLine.of(history), history);
      ports.minibatches().seek(nextMinibatch);
      return new TrainingSession(
          config,
          warmStart,
          checkpoints,
          clock,
          state,
          reference(warmStart.network(), config.compute()),
          mask,
          releaser,
          restorer,
          line,
          nextMinibatch);
    } catch (RuntimeException e) {
      mask.close();
      state.close();
      throw e;
    }
  }

  /**
   * Where to go on. Release log and offset are committed together, so they agree; Kafka forgets an
   * offset a week after it was committed, the release log never does.
   */
  private static long nextMinibatch(PolicyHistory history, OptionalLong committed) {
    long accounted =
        history.newest().map(entry -> entry.manifest().provenance().toMinibatch()).orElse(0L);
    if (committed.isPresent() && committed.getAsLong() != accounted) {
      throw new IllegalStateException(
          "The release log accounts for minibatches up to offset "
              + accounted
              + ", the committed offset of the trainer's group is "
              + committed.getAsLong()
              + ". They are always committed together: set the group back to "
              + accounted
              + ", or restore both topics from the same backup.");
    }
    if (committed.isEmpty() && accounted > 0) {
      log.warn(
          "Kafka holds no offset of the trainer's group any more; the release log says minibatch {}",
          accounted);
    }
    return accounted;
  }

  /** Learns from a minibatch and notes it in the window. */
  Lesson learn(ReceivedMinibatch received) {
    Lesson lesson = learner.learn(received, line.lineage());
    window.add(received.offset(), lesson, clock.instant());
    return lesson;
  }

  /**
   * Releases what is trained, or goes back to the release before; then lets go of checkpoints that
   * nobody needs.
   *
   * @param history as last read; what is missing from it is kept by the line
   */
  GateVerdict release(PolicyHistory history) {
    Releaser.Released released = releaser.next(state, reference, line, window);
    line = released.line();
    window.close();
    checkpoints.retain(retention.keep(history, line));
    return released.verdict();
  }

  /**
   * Puts other weights of the same shape in place of those in training and releases them as the
   * next step; the optimiser starts afresh, for its moments belong to the weights that go.
   *
   * @param history as for {@link #release}
   */
  GateVerdict adopt(PolicyNetwork other, PolicyHistory history) {
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
    return release(history);
  }

  /**
   * Goes on from the release that a rollback names; what was trained since the last one is lost.
   *
   * @return minibatches whose effect was lost
   */
  long rewind(PolicyHistory history) {
    line = restorer.restore(state, TrainingLine.of(history), history);
    releaser.beginAnew();
    return window.withdraw(RefusalReason.WITHDRAWN);
  }

  /** Times that weights came from released chunks, because a checkpoint was lost. */
  long rebuilds() {
    return restorer.rebuilds();
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

  private static PolicyNetwork trainable(PolicyNetwork network, Compute compute) {
    return PolicyNetwork.restore(network.config(), compute, network.parameters());
  }

  /** Frozen, and rounding as the network that learns does: equal weights must have no distance. */
  private static PolicyNetwork reference(PolicyNetwork network, Compute compute) {
    try (PolicyNetwork alike = trainable(network, compute)) {
      return alike.frozenCopy();
    }
  }

  private static String codeVersion() {
    String version = TrainingSession.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
