package io.searchloop.trainer.offline;

import io.searchloop.learning.preference.PairLevels;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.ResumePoint;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.loss.StepOutcome;
import io.searchloop.trainer.loss.UpdateStep;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What lives between two steps: weights, optimiser and randomness, the frozen reference, and where
 * they are kept. Owns its native memory. Thread owner: the training thread.
 */
final class OfflineSession implements AutoCloseable {
  private static final long LINEAGE = -1;

  private final Path directory;
  private final TrainerConfig.Algorithm algorithm;
  private final PairLevels pairs;
  private final CheckpointStore checkpoints;
  private final TrainingState state;
  private final PolicyNetwork reference;
  private final TokenMask mask;
  private final UpdateStep update;

  OfflineSession(
      Path directory, TrainerConfig config, PairLevels pairs, long seed, WarmStart warmStart) {
    this.directory = directory;
    this.algorithm = config.algorithm();
    this.pairs = pairs;
    this.checkpoints = new CheckpointStore(directory.resolve("checkpoints"));
    PolicyNetwork start = warmStart.network();
    this.state =
        new TrainingState(
            PolicyNetwork.restore(start.config(), config.compute(), start.parameters()),
            AdamSettings.defaults(),
            seed);
    // Before anything is resumed; rounds as the network that learns does.
    this.reference = state.network().frozenCopy();
    this.mask = TokenMask.of(warmStart.format().grammar(), warmStart.spec().vocabularySize());
    this.update =
        new UpdateStep(
            state.network(),
            reference,
            state.optimizer(),
            mask,
            config.updateSettings(warmStart.spec().maxRewriteTokens()));
  }

  /** Goes back to the last checkpoint; empty at the beginning. */
  Optional<ResumePoint> resume() {
    Optional<ResumePoint> point = ResumePoint.read(directory);
    point.ifPresent(last -> state.restore(checkpoints, last.checkpoint()));
    return point;
  }

  /**
   * Keeps everything as it is after a step.
   *
   * @param step steps taken, those included that changed nothing
   */
  void save(long step, long elapsedMillis) {
    String hash = state.save(checkpoints, LINEAGE, step);
    new ResumePoint(hash, step, elapsedMillis).write(directory);
    checkpoints.retain(Set.of(hash));
  }

  /**
   * Learns from groups that are not flat, as the algorithm does: from advantages, pairs or orders.
   */
  StepOutcome learn(List<SampledGroup> groups) {
    StepOutcome outcome =
        switch (algorithm) {
          case GRPO -> update.groups(all(groups, group -> group.rollouts(state.step())), step());
          case DPO, REFERENCE_FREE_DPO, IPO, ROBUST_DPO ->
              update.pairs(all(groups, group -> group.pairs(pairs)), step());
          case PRO -> update.orders(groups.stream().map(SampledGroup::order).toList(), step());
        };
    if (outcome instanceof StepOutcome.Updated) {
      state.advance();
    }
    return outcome;
  }

  private long step() {
    return state.step();
  }

  private static <T> List<T> all(
      List<SampledGroup> groups, Function<SampledGroup, List<T>> lessons) {
    return groups.stream().flatMap(group -> lessons.apply(group).stream()).toList();
  }

  TrainingState state() {
    return state;
  }

  @Override
  public void close() {
    reference.close();
    mask.close();
    state.close();
  }
}
