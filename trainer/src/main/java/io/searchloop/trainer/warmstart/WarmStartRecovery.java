package io.searchloop.trainer.warmstart;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.Checkpoint;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.ResumePoint;
import io.searchloop.trainer.network.PolicyNetwork;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a warm start that was killed go on. Examples are a function of seed and step, so weights and
 * optimiser are all there is to keep. Thread owner: the training thread.
 */
final class WarmStartRecovery {
  /** Keeps nothing. */
  static final WarmStartRecovery NONE = new WarmStartRecovery(null, null);

  private static final int STEPS_BETWEEN = 250;
  private static final long LINEAGE = -1;

  private final @Nullable Path directory;
  private final @Nullable CheckpointStore checkpoints;

  private WarmStartRecovery(@Nullable Path directory, @Nullable CheckpointStore checkpoints) {
    this.directory = directory;
    this.checkpoints = checkpoints;
  }

  /** Keeps checkpoints in a directory. */
  static WarmStartRecovery in(Path directory) {
    return new WarmStartRecovery(directory, new CheckpointStore(directory.resolve("checkpoints")));
  }

  /** Puts weights and optimiser where the last checkpoint left them; empty at the beginning. */
  Optional<ResumePoint> restore(PolicyNetwork network, AdamOptimizer optimizer) {
    if (directory == null || checkpoints == null) {
      return Optional.empty();
    }
    CheckpointStore store = checkpoints;
    Optional<ResumePoint> point = ResumePoint.read(directory);
    point.ifPresent(last -> last.restore(store, network, optimizer));
    return point;
  }

  void saveWhenDue(PolicyNetwork network, AdamOptimizer optimizer, int steps, long elapsedMillis) {
    if (directory == null || checkpoints == null || steps % STEPS_BETWEEN != 0) {
      return;
    }
    String hash =
        checkpoints.save(
            new Checkpoint(
                network.config(), steps, LINEAGE, network.parameters(), optimizer.state(), 0, 0));
    new ResumePoint(hash, steps, elapsedMillis).write(directory);
    checkpoints.retain(Set.of(hash));
  }
}
