package io.searchloop.app.doctor;

import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.AccessRemedy;
import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.server.common.MetadataVersion;

/** Whether an external Kafka answers, is new enough, and is set as our guarantees need it. */
final class KafkaChecks {
  private static final int PATIENCE_SECONDS = 10;

  /** The jobs' sinks need the longest of all. */
  private static final Duration TRANSACTION_TIMEOUT = KafkaSinks.TRANSACTION_TIMEOUT;

  private final Brokers kafka;
  private final int partitions;
  private final InstantSource clock;

  /**
   * @param kafka address and access
   * @param partitions partitions of the topics that may have more than one
   */
  KafkaChecks(Brokers kafka, int partitions, InstantSource clock) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.clock = clock;
  }

  List<Finding> findings() {
    Map<String, Object> impatient =
        kafka.with(
            Map.of(
                "request.timeout.ms",
                PATIENCE_SECONDS * 500,
                "default.api.timeout.ms",
                PATIENCE_SECONDS * 1_000));
    try (Admin admin = Admin.create(impatient)) {
      List<Node> brokers = List.copyOf(ask(admin.describeCluster().nodes()));
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("Kafka", brokers.size() + " brokers at " + kafka));
      findings.addAll(
          features(ask(admin.describeFeatures().featureMetadata()).finalizedFeatures()));
      findings.addAll(settings(admin, brokers));
      findings.addAll(topics());
      findings.addAll(new BrokerProbe(kafka, admin, clock).findings());
      return findings;
    } catch (UnansweredException e) {
      return List.of(
          Finding.problem(
              "Kafka",
              kafka + " does not answer: " + e.getMessage(),
              AccessRemedy.of(e)
                  .orElse(
                      "Start it, or correct --loop.kafka; advertised.listeners must be reachable"
                          + " from here, and security settings must fit.")));
    }
  }

  private static List<Finding> features(Map<String, FinalizedVersionRange> finalized) {
    FinalizedVersionRange metadata = finalized.get(MetadataVersion.FEATURE_NAME);
    if (metadata == null) {
      return List.of(
          Finding.problem("Kafka version", "runs without KRaft", "Use Kafka 4; tried with 4.2.1."));
    }
    List<Finding> findings = new ArrayList<>();
    MetadataVersion version = MetadataVersion.fromFeatureLevel(metadata.maxVersionLevel());
    findings.add(
        version.isAtLeast(MetadataVersion.IBP_4_0_IV0)
            ? Finding.ok("Kafka version", version.version())
            : Finding.problem(
                "Kafka version",
                version.version() + ", expected 4.0 or newer",
                "Upgrade the brokers, then run kafka-features.sh upgrade."));
    FinalizedVersionRange streams = finalized.get("streams.version");
    findings.add(
        streams != null && streams.maxVersionLevel() >= 1
            ? Finding.ok("Kafka streams groups", "on")
            : Finding.warning(
                "Kafka streams groups",
                "off: feature streams.version is not finalised",
                "Set serving.group-protocol=classic on workers, or run kafka-features.sh upgrade"
                    + " --feature streams.version=1."));
    return findings;
  }

  private static List<Finding> settings(Admin admin, List<Node> brokers) {
    Node first = brokers.get(0);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, first.idString());
    Config found =
        Objects.requireNonNull(ask(admin.describeConfigs(List.of(resource)).all()).get(resource));
    List<Finding> findings = new ArrayList<>();
    long longest = Long.parseLong(found.get("transaction.max.timeout.ms").value());
    findings.add(
        longest >= TRANSACTION_TIMEOUT.toMillis()
            ? Finding.ok("transactions", "may last " + Duration.ofMillis(longest))
            : Finding.problem(
                "transactions",
                "may last %s, the jobs need %s"
                    .formatted(Duration.ofMillis(longest), TRANSACTION_TIMEOUT),
                "Set transaction.max.timeout.ms=%d on the brokers."
                    .formatted(TRANSACTION_TIMEOUT.toMillis())));
    int replicas = Integer.parseInt(found.get("transaction.state.log.replication.factor").value());
    if (brokers.size() > 1 && replicas < 2) {
      findings.add(
          Finding.warning(
              "transaction log",
              "has one replica on %d brokers".formatted(brokers.size()),
              "A lost broker stops all exactly-once writers: set"
                  + " transaction.state.log.replication.factor=3 before the first start."));
    }
    return findings;
  }

  private List<Finding> topics() {
    try (TopicAdmin topics = new TopicAdmin(kafka, "", partitions)) {
      List<String> missing = topics.missing(Topics.ALL);
      List<String> differences = topics.compare(Topics.ALL);
      List<Finding> findings = new ArrayList<>();
      differences.forEach(
          difference ->
              findings.add(
                  Finding.problem(
                      "topic settings",
                      difference,
                      "Alter the topic with kafka-configs.sh, or say how many partitions are"
                          + " meant with --loop.partitions.")));
      if (!missing.isEmpty()) {
        findings.add(
            Finding.warning(
                "topics",
                missing.size() + " of " + Topics.ALL.size() + " are missing: " + missing,
                "A loop makes them when it starts."));
      }
      return findings.isEmpty()
          ? List.of(Finding.ok("topics", Topics.ALL.size() + " as they should be"))
          : findings;
    }
  }

  /** An answer of Kafka. */
  static <T> T ask(Future<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new UnansweredException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new UnansweredException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnansweredException(e);
    }
  }

  /** Kafka did not say what was asked. */
  static final class UnansweredException extends RuntimeException {
    UnansweredException(Throwable cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }
}
