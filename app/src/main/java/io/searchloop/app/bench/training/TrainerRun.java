package io.searchloop.app.bench.training;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.bench.JvmChild;
import io.searchloop.app.bench.SampledMinibatches;
import io.searchloop.app.bench.TransactionMarkers;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker of its own with a log of minibatches, and trainer processes on it, one after another.
 * What a run is worth lies in its topics; nothing is asked of the processes. Confined to one
 * thread.
 */
final class TrainerRun implements AutoCloseable {
  private static final Map<String, String> FREE_PORTS =
      Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0");
  private static final double ANY = 1e9;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path directory;
  private final Path warmStart;
  private final TrainerHaltsPlan plan;
  private final Platform platform;
  private final KafkaProducer<String, byte[]> producer;
  private final AvroSerde<Minibatch> serde;
  private final TopicLog<LearningMetrics> curve;
  private long points;
  private long published;

  /**
   * Starts the broker.
   *
   * @param directory empty folder for topics, checkpoints and logs
   * @param warmStart directory of the warm start
   */
  TrainerRun(Path directory, Path warmStart, TrainerHaltsPlan plan) {
    this.directory = directory;
    this.warmStart = warmStart;
    this.plan = plan;
    this.platform =
        Platform.start(directory.resolve("platform"), LoopSettings.of(FREE_PORTS, false));
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    this.serde = platform.serdes().of(Topics.MINIBATCHES);
    this.producer =
        new KafkaProducer<>(
            platform.bootstrapServers().with(Map.of()),
            new StringSerializer(),
            new ByteArraySerializer());
    this.curve = new TopicLog<>(Topics.METRICS, platform.bootstrapServers(), platform.serdes());
  }

  /** Appends minibatches to the log, in order. */
  void publish(List<Minibatch> minibatches) {
    List<Future<RecordMetadata>> sent =
        minibatches.stream()
            .map(
                m -> new ProducerRecord<String, byte[]>(Topics.MINIBATCHES.name(), serde.encode(m)))
            .map(producer::send)
            .toList();
    try {
      for (Future<RecordMetadata> each : sent) {
        published = each.get().offset() + 1;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Minibatches could not be written: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing minibatches", e);
    }
  }

  /**
   * A trainer process; it begins at once. Native libraries are unpacked in our directory, since
   * those of a killed process are deleted by nobody else.
   */
  JvmChild start() {
    List<String> flags = new ArrayList<>(flags());
    flags.add("-Djava.io.tmpdir=" + unpacked());
    JvmChild trainer = JvmChild.start(HaltedTrainerMain.class, flags, directory);
    trainer.send(settings());
    return trainer;
  }

  private Path unpacked() {
    try {
      return Files.createDirectories(directory.resolve("unpacked"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder in " + directory, e);
    }
  }

  List<String> flags() {
    return JvmChild.flags(JvmChild.Collector.PARALLEL, plan.heap());
  }

  /** As {@code TrainerMain} takes them: one thread, releases counted in minibatches alone. */
  private List<String> settings() {
    Map<String, String> settings =
        Map.ofEntries(
            entry("main.bootstrap-servers", platform.bootstrapServers().addresses()),
            entry("main.registry-url", platform.serdes().registryUrl()),
            entry("main.warm-start", warmStart),
            entry("main.checkpoints", directory.resolve("checkpoints")),
            entry("trainer.signing-key", "none"),
            entry("trainer.threads", 1),
            entry("trainer.release-every", SampledMinibatches.TRAINED / 2),
            entry("trainer.release-interval", "PT1H"),
            entry("trainer.learning-rate", plan.learningRate()),
            // A strong leash holds training near its start, so that refusals come and go.
            entry("trainer.kl-weight", 2),
            // All minibatches come from the warm start, however far training has gone since.
            entry("trainer.min-effective-share", 0),
            entry("trainer.max-mean-square-log-ratio", ANY),
            entry("trainer.max-drift", ANY),
            entry("trainer.gate.max-kl", plan.maxKl()),
            entry("trainer.gate.probes", 8));
    return settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static Map.Entry<String, String> entry(String key, Object value) {
    return Map.entry(key, value.toString());
  }

  /**
   * Waits until a trainer has told of a minibatch.
   *
   * @param before {@link #points} before it was started
   */
  void awaitWork(JvmChild trainer, long before) {
    await(trainer, "a minibatch", () -> points() > before);
  }

  /** Waits until a release or refusal accounts for every minibatch that was published. */
  void awaitEnd(JvmChild trainer) {
    await(trainer, "a release up to minibatch " + published, this::accounted);
  }

  /** Whether a release or refusal accounts for every minibatch that was published. */
  boolean accounted() {
    List<ReleaseMark> marks = marks();
    return !marks.isEmpty() && marks.get(marks.size() - 1).toMinibatch() == published;
  }

  Platform platform() {
    return platform;
  }

  /** Points of the learning curve so far, repetitions included. */
  long points() {
    curve.toEnd(point -> points++);
    return points;
  }

  /** Every point of the learning curve. */
  List<LearningMetrics> curve() {
    return TopicLog.readAll(Topics.METRICS, platform.bootstrapServers(), platform.serdes()).stream()
        .map(Located::value)
        .toList();
  }

  /** Every release and refusal, as far as two runs must agree on them. */
  List<ReleaseMark> marks() {
    return PolicyHistory.read(platform.bootstrapServers(), platform.serdes()).releases().stream()
        .map(ReleaseMark::of)
        .toList();
  }

  /** The audit of the topics: each minibatch in exactly one release or refusal. */
  AuditReport audit() {
    return new Audit(platform.bootstrapServers(), platform.serdes(), KafkaMinibatchSource.GROUP)
        .run();
  }

  /** How the transactions on a topic ended; the broker should be idle. */
  TransactionMarkers transactions(Topic<?> topic) {
    return TransactionMarkers.read(directory.resolve("platform/kafka"), topic.name());
  }

  @Override
  public void close() {
    try (platform;
        producer;
        curve) {
      // Closed in reverse order, each even when another fails.
    }
  }

  private void await(JvmChild trainer, String what, BooleanSupplier arrived) {
    long looks = PATIENCE.dividedBy(LOOK);
    for (long i = 0; i < looks && trainer.alive(); i++) {
      if (arrived.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IllegalStateException(
        "%s did not come from the trainer, which %s. See the logs in %s."
            .formatted(what, trainer.state(), directory));
  }

  /** Checkpoint files that are left. */
  long checkpoints() {
    try (Stream<Path> files = Files.list(directory.resolve("checkpoints"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list checkpoints in " + directory, e);
    }
  }
}
