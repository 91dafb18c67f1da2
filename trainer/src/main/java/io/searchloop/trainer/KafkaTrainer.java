package io.searchloop.trainer;

import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.KafkaLearningCurve;
import io.searchloop.trainer.publish.KafkaPolicyLog;
import io.searchloop.trainer.publish.KafkaReleasedArtifacts;
import io.searchloop.trainer.publish.PolicyPublisher;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.InstantSource;

/** Wires a trainer to a broker and a schema registry; the only class that does. */
public final class KafkaTrainer {
  private KafkaTrainer() {}

  /**
   * A trainer on Kafka. Give it a thread of its own: {@link Trainer#thread}.
   *
   * @param warmStart stays the caller's; close it after the trainer
   * @param signer vouches for what is released
   * @param checkpoints directory of checkpoints, kept between runs
   * @param golden judged queries for the release gate, or {@link GoldenSet#NONE}
   */
  public static Trainer connect(
      Brokers bootstrapServers,
      Serdes serdes,
      TrainerConfig config,
      GateSettings gate,
      ReleaseSigner signer,
      WarmStart warmStart,
      Path checkpoints,
      GoldenSet golden,
      InstantSource clock) {
    return new Trainer(
        config,
        gate,
        warmStart,
        ports(bootstrapServers, serdes, signer, golden),
        new CheckpointStore(checkpoints),
        clock);
  }

  /**
   * An import on Kafka, in the place of a trainer: none may run beside it.
   *
   * @param signer vouches for what is released
   * @param checkpoints directory of the trainer's checkpoints
   * @param golden judged queries that no release may serve much worse
   */
  public static PolicyImport policyImport(
      Brokers bootstrapServers,
      Serdes serdes,
      TrainerConfig config,
      GateSettings gate,
      ReleaseSigner signer,
      Path checkpoints,
      GoldenSet golden,
      InstantSource clock) {
    return new PolicyImport(
        config,
        gate,
        ports(bootstrapServers, serdes, signer, golden),
        new CheckpointStore(checkpoints),
        clock);
  }

  private static TrainerPorts ports(
      Brokers bootstrapServers, Serdes serdes, ReleaseSigner signer, GoldenSet golden) {
    KafkaMinibatchSource minibatches =
        KafkaMinibatchSource.connect(bootstrapServers, serdes.of(Topics.MINIBATCHES));
    return new TrainerPorts(
        minibatches,
        PolicyPublisher.connect(bootstrapServers, serdes, signer, minibatches::groupMetadata),
        KafkaPolicyLog.connect(bootstrapServers, serdes),
        KafkaLearningCurve.connect(bootstrapServers, serdes),
        KafkaReleasedArtifacts.connect(bootstrapServers, serdes),
        golden);
  }
}
