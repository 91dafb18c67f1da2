package io.searchloop.app.bench.publishing;

import io.searchloop.app.bench.Spread;
import io.searchloop.app.bench.training.SizedTrainer;
import io.searchloop.app.bench.training.TrainedLoss;
import io.searchloop.app.bench.training.TrainerPlan;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.release.WeightSpan;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.export.WeightSpans;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.publish.PackedRelease;
import io.searchloop.trainer.publish.ReleasePacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Bytes of training releases: real GRPO updates at one learning rate, each release packed as a
 * delta upon the one before. The optimiser is warm before the first, since a fresh one moves
 * weights more than it ever does again. Confined to one thread.
 */
final class DeltaBytes {
  private static final int WARM_UP = 10;
  private static final int NEVER = 1_000;

  private final PublishPlan plan;

  DeltaBytes(PublishPlan plan) {
    this.plan = plan;
  }

  PublishReport.Deltas measure(double learningRate) {
    TrainerPlan trainerPlan = plan.trainer(plan.trainedSize());
    NetworkConfig network = trainerPlan.network(plan.trainedSize());
    SplittableRandom random = new SplittableRandom(plan.seed());
    ReleasePacker packer = new ReleasePacker(NEVER, NEVER);
    List<Integer> bytes = new ArrayList<>();
    List<Double> changed = new ArrayList<>();
    try (SizedTrainer trainer = new SizedTrainer(network, trainerPlan, learningRate)) {
      learn(trainer, WARM_UP, random);
      PackedRelease keyframe = packer.pack(artifact(network, trainer, 0));
      packer.released(0, Sha256.of(keyframe.artifact()), keyframe);
      for (int release = 1; release <= plan.releases(); release++) {
        learn(trainer, plan.updates(), random);
        PackedRelease delta = packer.pack(artifact(network, trainer, release));
        packer.released(release, Sha256.of(delta.artifact()), delta);
        bytes.add(delta.carried().length);
        changed.add(changed(delta));
      }
      return new PublishReport.Deltas(
          plan.trainedSize(),
          learningRate,
          plan.updates(),
          keyframe.artifact().length,
          WeightSpan.count(keyframe.spans()),
          Spread.of(changed.stream().mapToDouble(Double::doubleValue).toArray()),
          Spread.of(bytes.stream().mapToDouble(Integer::doubleValue).toArray()),
          bytes);
    }
  }

  private void learn(SizedTrainer trainer, int updates, SplittableRandom random) {
    for (int i = 0; i < updates; i++) {
      trainer.step(TrainedLoss.GRPO, trainer.workload(plan.groups(), random));
    }
  }

  private static byte[] artifact(NetworkConfig network, SizedTrainer trainer, int step) {
    byte[] exact = trainer.graph(Map.of("release.step", Integer.toString(step)));
    PolicySpec spec =
        new PolicySpec(
            PolicySpec.FORMAT,
            network.vocabularySize(),
            network.layers(),
            network.keyValueHeads(),
            network.headDim(),
            TrainerPlan.MAX_PROMPT,
            TrainerPlan.MAX_ANSWER);
    return new PolicyArtifact(
            spec,
            BytePairTrainer.train(List.of("red running shoes"), 270),
            ReducedGraph.of(exact, GraphPrecision.BF16))
        .toBytes();
  }

  /** Share of weights whose bfloat16 differs. */
  private static double changed(PackedRelease delta) {
    List<WeightSpan> before = WeightSpans.of(delta.baseArtifact());
    long changes = 0;
    for (int span = 0; span < before.size(); span++) {
      int from = before.get(span).offset();
      int to = delta.spans().get(span).offset();
      for (int at = 2; at < before.get(span).count() * Float.BYTES; at += Float.BYTES) {
        if (delta.baseArtifact()[from + at] != delta.artifact()[to + at]
            || delta.baseArtifact()[from + at + 1] != delta.artifact()[to + at + 1]) {
          changes++;
        }
      }
    }
    return changes / (double) WeightSpan.count(before);
  }
}
