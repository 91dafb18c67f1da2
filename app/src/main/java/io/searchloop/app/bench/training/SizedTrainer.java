package io.searchloop.app.bench.training;

import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.loss.ClippedPolicyLoss;
import io.searchloop.trainer.loss.DivergenceBounds;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.loss.MicroBatches;
import io.searchloop.trainer.loss.Normalisation;
import io.searchloop.trainer.loss.PartialOrderLoss;
import io.searchloop.trainer.loss.PreferenceLoss;
import io.searchloop.trainer.loss.StepOutcome;
import io.searchloop.trainer.loss.SupervisedStep;
import io.searchloop.trainer.loss.UpdateSettings;
import io.searchloop.trainer.loss.UpdateStep;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything a trainer of one size needs for a step: weights, optimiser, frozen reference, losses.
 * Confined to one thread.
 */
public final class SizedTrainer implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-5;

  private final TrainingState state;
  private final PolicyNetwork reference;
  private final TokenMask mask;
  private final SupervisedStep supervised;
  private final UpdateStep update;

  /** A trainer that hardly moves: its steps are timed, not judged. */
  public SizedTrainer(NetworkConfig network, TrainerPlan plan) {
    this(network, plan, LEARNING_RATE);
  }

  /** A trainer with a network of seeded random weights. */
  public SizedTrainer(NetworkConfig network, TrainerPlan plan, double learningRate) {
    this.state =
        new TrainingState(
            PolicyNetwork.initialise(network, plan.compute(), plan.seed()),
            AdamSettings.defaults(),
            plan.seed());
    this.reference = state.network().frozenCopy();
    this.mask = TokenMask.everything(TrainerPlan.MAX_ANSWER, network.vocabularySize());
    this.supervised =
        new SupervisedStep(state.network(), state.optimizer(), mask, MicroBatches.WHOLE);
    this.update =
        new UpdateStep(state.network(), reference, state.optimizer(), mask, settings(learningRate));
  }

  /** Groups and pairs of random tokens, scored by its network. */
  public TrainerWorkload workload(int groups, RandomGenerator random) {
    return TrainerWorkload.of(groups, state.network(), new AnswerScorer(1, mask), random);
  }

  /**
   * Takes a step.
   *
   * @throws IllegalStateException when the step changed nothing, since its time would mean nothing
   */
  public void step(TrainedLoss loss, TrainerWorkload workload) {
    switch (loss) {
      case SFT -> supervised.learn(workload.prompts(), workload.answers(), LEARNING_RATE);
      case GRPO -> requireUpdate(update.groups(workload.rollouts(), 0));
      case DPO -> requireUpdate(update.pairs(workload.pairs(), 0));
    }
  }

  /** Saves everything a resumed trainer needs; the hash to restore it by. */
  String save(CheckpointStore store) {
    return state.save(store, 0, 0);
  }

  void restore(CheckpointStore store, String hash) {
    state.restore(store, hash);
  }

  /** Size of the graph that workers run, in bytes. */
  long export() {
    return graph(Map.of()).length;
  }

  /** The graph that workers run. */
  public byte[] graph(Map<String, String> metadata) {
    return OnnxExporter.export(state.network(), metadata);
  }

  @Override
  public void close() {
    reference.close();
    mask.close();
    state.close();
  }

  /** Bounds are wide: random texts are unlikely, and what is measured is the step. */
  private static UpdateSettings settings(double learningRate) {
    return new UpdateSettings(
        new ClippedPolicyLoss(.2, .28, 3, Normalisation.DR_GRPO, TrainerPlan.MAX_ANSWER, 3, .02),
        new PreferenceLoss.Dpo(.1),
        new PartialOrderLoss(1, 0),
        LearningRateSchedule.constant(learningRate),
        1,
        1,
        1,
        new DivergenceBounds(1e-6, 1e9, 1e9),
        MicroBatches.WHOLE);
  }

  private static void requireUpdate(StepOutcome outcome) {
    if (outcome instanceof StepOutcome.Refused refused) {
      throw new IllegalStateException(
          "A step of the benchmark was refused: " + refused.detail() + ".");
    }
  }
}
