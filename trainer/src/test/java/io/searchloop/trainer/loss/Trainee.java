package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TinyNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A tiny network that learns a {@link VerifiableTask}; equal seeds learn alike. */
final class Trainee implements AutoCloseable {
  private final VerifiableTask task;
  private final int members;
  private final PolicyNetwork network;
  private final PolicyNetwork reference;
  private final AdamOptimizer optimizer;
  private final UpdateStep update;
  private final SplittableRandom random;

  /**
   * @param members rollouts of a group
   */
  Trainee(VerifiableTask task, long seed, UpdateSettings settings, int members) {
    this.task = task;
    this.members = members;
    this.network = PolicyNetwork.initialise(TinyNetworks.PLAIN, seed);
    this.reference = network.frozenCopy();
    this.optimizer = new AdamOptimizer(network.parameters(), AdamSettings.defaults());
    this.update = new UpdateStep(network, reference, optimizer, task.mask(), settings);
    this.random = new SplittableRandom(seed);
  }

  double[][] probabilities() {
    return task.probabilities(network);
  }

  double expectedReward() {
    return task.expectedReward(network);
  }

  void learnOnPolicy(int steps, AdvantageEstimator estimator) {
    for (int i = 0; i < steps; i++) {
      double[][] current = probabilities();
      learn(current, current, estimator);
    }
  }

  /** One step on groups of a sampler, recorded under these probabilities. */
  void learn(double[][] sampler, double[][] recorded, AdvantageEstimator estimator) {
    List<TrainingRollout> groups = groups(sampler, recorded, estimator);
    if (!groups.isEmpty()) {
      assertThat(step(groups)).isInstanceOf(StepOutcome.Updated.class);
    }
  }

  List<TrainingRollout> groups(
      double[][] sampler, double[][] recorded, AdvantageEstimator estimator) {
    return task.groups(sampler, recorded, members, estimator, random);
  }

  StepOutcome step(List<TrainingRollout> rollouts) {
    return update.groups(rollouts, 0);
  }

  /** Supervised steps on answers drawn with these shares of their ranks. */
  void imitate(double[] shares, int steps) {
    SupervisedStep step = new SupervisedStep(network, optimizer, task.mask(), MicroBatches.WHOLE);
    for (int i = 0; i < steps; i++) {
      List<int[]> prompts = new ArrayList<>();
      List<int[]> answers = new ArrayList<>();
      for (int p = 0; p < VerifiableTask.PROMPTS; p++) {
        for (int j = 0; j < members; j++) {
          prompts.add(VerifiableTask.prompt(p));
          answers.add(VerifiableTask.answer(p, VerifiableTask.draw(shares, random)));
        }
      }
      step.learn(prompts, answers, 5e-3);
    }
  }

  /** Every bit that a step may change: weights, both moments, updates. */
  List<Object> bits() {
    List<Object> bits = new ArrayList<>();
    network.parameters().values().forEach(weight -> bits.add(Tensors.toFloats(weight)));
    optimizer.state().firstMoments().values().forEach(m -> bits.add(Tensors.toFloats(m)));
    optimizer.state().secondMoments().values().forEach(v -> bits.add(Tensors.toFloats(v)));
    bits.add(optimizer.state().updates());
    return bits;
  }

  @Override
  public void close() {
    optimizer.close();
    reference.close();
    network.close();
  }
}
