package io.searchloop.app.bench.serving;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.Product;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.trainer.KafkaTrainer;
import io.searchloop.trainer.PolicyImport;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka and registry with what workers need to get ready: a small catalogue, releases of one
 * policy, and decisions about them. Confined to one thread.
 */
final class ServingPlatform implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0");
  private static final List<String> PRODUCTS =
      List.of("patio umbrella", "garden hose", "sofa", "door lock");
  private static final long EPOCH = 1;

  private final Path directory;
  private final InstantSource clock;
  private final Platform platform;
  private final KafkaProducer<String, byte[]> producer;
  private final SigningKey key = SigningKey.generate(new SecureRandom());
  private final Path trusted;
  private long head = -1;

  /**
   * Starts the broker.
   *
   * @param directory empty folder for topics, checkpoints and logs
   */
  ServingPlatform(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    this.trusted = directory.resolve("trusted-keys");
    trust(key.trusted().named("made for this run"));
    this.platform = Platform.start(directory.resolve("platform"), LoopSettings.of(SETTINGS, false));
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 2)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    this.producer =
        new KafkaProducer<>(
            platform.bootstrapServers().with(Map.of()),
            new StringSerializer(),
            new ByteArraySerializer());
    catalogue();
  }

  Platform platform() {
    return platform;
  }

  /** Publishes a policy; its version. The first is the reference of all. */
  long release(WarmStart policy, Map<String, String> settings) {
    LoopSettings loop = LoopSettings.of(settings, false);
    try (PolicyImport release =
        KafkaTrainer.policyImport(
            platform.bootstrapServers(),
            platform.serdes(),
            loop.trainer(),
            loop.gate(),
            key,
            directory.resolve("checkpoints"),
            GoldenSet.NONE,
            clock)) {
      PolicyImport.Imported imported = release.publish(policy);
      if (!imported.refused().isEmpty()) {
        throw new IllegalStateException("The gate refuses the policy: " + imported.refused());
      }
      return imported.version();
    }
  }

  /** Appends a decision that follows the one before; its offset. */
  long decide(ControlAction action, long version) {
    return decide(action, version, 0);
  }

  /**
   * Appends a decision that follows the one before; its offset.
   *
   * @param percent share of visitors, for CANARY; 0 otherwise
   */
  long decide(ControlAction action, long version, int percent) {
    head =
        append(
            Topics.POLICY_CONTROL,
            Long.toString(head),
            PolicyControl.newBuilder()
                .setDecisionId(action + "-after-" + head)
                .setAction(action)
                .setPolicyVersion(version)
                .setPercent(percent)
                .setWho("bench")
                .setTimestamp(clock.instant())
                .setExpectedHead(head)
                .build());
    return head;
  }

  /**
   * A worker.
   *
   * @param name of its folder
   * @param settings beyond the worker's defaults
   */
  WorkerProcess worker(String name, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("serving.port", "0");
    all.put("serving.trusted-keys", trusted.toString());
    return WorkerProcess.start(
        new WorkerOrder(
            platform.bootstrapServers().addresses(), platform.serdes().registryUrl(), all),
        directory.resolve(name));
  }

  @Override
  public void close() {
    producer.close();
    platform.close();
  }

  private void trust(TrustedKey signer) {
    try {
      Files.createDirectories(directory);
      TrustedKeys.append(trusted, signer);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + trusted, e);
    }
  }

  private void catalogue() {
    for (String title : PRODUCTS) {
      append(
          Topics.PRODUCTS,
          title,
          Product.newBuilder().setProductId(title).setTitle(title).setEpoch(EPOCH).build());
    }
    append(
        Topics.PRODUCTS,
        "epoch/" + EPOCH,
        Product.newBuilder()
            .setProductId("epoch/" + EPOCH)
            .setEpoch(EPOCH)
            .setEpochMarker(true)
            .build());
  }

  private <V extends SpecificRecord> long append(Topic<V> topic, String key, V value) {
    byte[] bytes = platform.serdes().of(topic).encode(value);
    try {
      return producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get().offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot write " + topic.name() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + topic.name(), e);
    }
  }
}
