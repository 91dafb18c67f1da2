package io.searchloop.trainer;

import io.searchloop.trainer.intake.MinibatchSource;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.LearningCurve;
import io.searchloop.trainer.publish.PolicyLog;
import io.searchloop.trainer.publish.ReleaseSink;
import io.searchloop.trainer.publish.ReleasedArtifacts;

/**
 * Everything the trainer reads from and writes to.
 *
 * @param minibatches what it learns from
 * @param releases where its weights go
 * @param policyLog releases so far, and what was decided about them
 * @param curve figures of each step
 * @param artifacts what was released, for the day a checkpoint is lost
 * @param golden judged queries that a release is tried on
 */
public record TrainerPorts(
    MinibatchSource minibatches,
    ReleaseSink releases,
    PolicyLog policyLog,
    LearningCurve curve,
    ReleasedArtifacts artifacts,
    GoldenSet golden)
    implements AutoCloseable {
  @Override
  public void close() {
    try (curve;
        policyLog;
        minibatches;
        releases) {
      // Closed in reverse order, each even when another fails.
    }
  }
}
