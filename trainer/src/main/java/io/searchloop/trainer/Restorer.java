package io.searchloop.trainer;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.export.ReleasedWeights;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseEntry;
import io.searchloop.trainer.publish.ReleasedArtifacts;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a trainer back to a release: from its checkpoint, bit by bit; where the disk is lost, from
 * the chunks that workers got, which hold the weights but neither optimiser nor randomness. The
 * second is counted and said aloud, since the next updates are larger than they would have been.
 * Thread owner: the trainer thread.
 */
final class Restorer {
  private static final Logger log = LoggerFactory.getLogger(Restorer.class);

  private final CheckpointStore checkpoints;
  private final ReleasedArtifacts artifacts;
  private final long seed;
  private long rebuilds;

  /**
   * @param seed of the randomness of a rebuilt trainer
   */
  Restorer(CheckpointStore checkpoints, ReleasedArtifacts artifacts, long seed) {
    this.checkpoints = checkpoints;
    this.artifacts = artifacts;
    this.seed = seed;
  }

  /**
   * Restores the state of a line.
   *
   * @return the line with the checkpoint it now rests on
   * @throws IllegalStateException when neither checkpoint nor chunks are there
   */
  TrainingLine restore(TrainingState state, TrainingLine line, PolicyHistory history) {
    if (checkpoints.contains(line.checkpoint())) {
      state.restore(checkpoints, line.checkpoint());
      return line;
    }
    rebuild(state, line, history);
    rebuilds++;
    String checkpoint = state.save(checkpoints, line.lineage(), 0);
    log.warn(
        "Checkpoint {} of policyVersion={} is not on this disk. Weights of step={} were rebuilt"
            + " from the released chunks; THE OPTIMISER IS FRESH, expect larger updates at first."
            + " Now on checkpoint {}.",
        line.checkpoint(),
        line.parentVersion(),
        line.step(),
        checkpoint);
    return new TrainingLine(line.lineage(), line.parentVersion(), line.step(), checkpoint);
  }

  /** Times that weights came from chunks. */
  long rebuilds() {
    return rebuilds;
  }

  private void rebuild(TrainingState state, TrainingLine line, PolicyHistory history) {
    try {
      ReleaseManifest manifest =
          history.released(line.parentVersion()).orElseThrow(() -> unknown(line)).manifest();
      byte[] onnx = PolicyArtifact.read(artifact(manifest, history)).onnx();
      ReleasedWeights.load(onnx, state.network());
      state.beginAgain(line.step(), seed + line.step());
    } catch (InvalidReleaseException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Checkpoint "
              + line.checkpoint()
              + " of policy version "
              + line.parentVersion()
              + " is not on this disk, and its released chunks cannot replace it: "
              + e.getMessage()
              + " Put the checkpoint directory back, or roll back to a version whose checkpoint or"
              + " chunks are there; the warm start's checkpoint always is.",
          e);
    }
  }

  private byte[] artifact(ReleaseManifest wanted, PolicyHistory history) {
    List<ReleaseManifest> chain =
        ReleaseChain.of(wanted, version -> history.released(version).map(ReleaseEntry::manifest));
    Map<String, Map<Integer, byte[]>> pieces = artifacts.read(chain);
    byte[] artifact = new byte[0];
    for (ReleaseManifest link : chain) {
      artifact =
          ArtifactChunks.assemble(link, pieces.getOrDefault(link.releaseId(), Map.of()), artifact);
    }
    return artifact;
  }

  private static InvalidReleaseException unknown(TrainingLine line) {
    return new InvalidReleaseException(
        "The release log has no version " + line.parentVersion() + ".");
  }
}
