package io.searchloop.app.bench.publishing;

import io.searchloop.app.bench.Spread;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.report.LoopReport;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.streams.activation.LoadTimes;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.publish.PackedRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The way of a release: from the publisher over an embedded broker to a session that serves, whole
 * and as a delta; bytes of training releases; and how long a worker takes to start when thousands
 * of releases lie behind. Everything runs in this process.
 */
public final class PublishBench {
  private static final Map<String, String> FREE_PORTS =
      Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0");

  private final PublishPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param directory empty folder for the broker
   * @param progress told what happens, for a person
   */
  public PublishBench(
      PublishPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   */
  public PublishReport call(List<String> command) throws InterruptedException {
    Instant started = clock.instant();
    LibTorch.initialise(plan.threads());
    List<PublishReport.Served> served = new ArrayList<>();
    List<PublishReport.Start> starts = new ArrayList<>();
    try (Platform platform = Platform.start(directory, LoopSettings.of(FREE_PORTS, false))) {
      try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
        admin.ensure(Topics.ALL);
        admin.registerSchemas(platform.serdes().client(), Topics.ALL);
      }
      SigningKey key = SigningKey.generate(new SecureRandom());
      serve(platform, key, served);
      starts.add(start(platform, key, 2 * plan.rounds()));
      publishPast(platform, key);
      starts.add(start(platform, key, 2 * plan.rounds() + plan.pastReleases()));
    }
    List<PublishReport.Deltas> deltas = new ArrayList<>();
    for (double learningRate : plan.learningRates()) {
      progress.accept(
          "%d releases of %d updates at learning rate %s"
              .formatted(plan.releases(), plan.updates(), learningRate));
      deltas.add(new DeltaBytes(plan).measure(learningRate));
    }
    return new PublishReport(
        command, started, clock.instant(), LoopReport.machineFacts(), plan, served, deltas, starts);
  }

  private void serve(Platform platform, SigningKey key, List<PublishReport.Served> served)
      throws InterruptedException {
    List<Sample> keyframes = new ArrayList<>();
    List<Sample> deltas = new ArrayList<>();
    progress.accept("Teaching %s parameters to speak".formatted(plan.servedSize()));
    try (SpeakingPolicy policy = new SpeakingPolicy(plan.servedSize(), plan.seed());
        ReleaseDesk desk =
            new ReleaseDesk(platform.bootstrapServers(), platform.serdes(), key, clock);
        ActivationProbe worker = worker(platform, key)) {
      worker.start();
      for (int round = 0; round < plan.rounds(); round++) {
        keyframes.add(publish(policy, desk, worker, true));
        deltas.add(publish(policy, desk, worker, false));
      }
    }
    served.add(Sample.summary("keyframe", keyframes));
    served.add(Sample.summary("delta", deltas));
  }

  private Sample publish(
      SpeakingPolicy policy, ReleaseDesk desk, ActivationProbe worker, boolean whole)
      throws InterruptedException {
    byte[] artifact = policy.next();
    long logBefore = chunkBytes();
    Instant begin = clock.instant();
    PackedRelease packed = desk.pack(artifact, whole);
    Instant sending = clock.instant();
    long version = desk.publish(packed, policy.step());
    Instant produced = clock.instant();
    desk.promote(version);
    ActivationProbe.Served served = worker.next();
    Sample sample =
        new Sample(
            artifact.length,
            packed.carried().length,
            chunkBytes() - logBefore,
            Duration.between(begin, sending),
            Duration.between(sending, produced),
            served.times(),
            Duration.between(begin, served.at()));
    progress.accept(
        "%s: %,d bytes, served after %d ms"
            .formatted(whole ? "keyframe" : "delta", sample.carried(), sample.total().toMillis()));
    return sample;
  }

  private PublishReport.Start start(Platform platform, SigningKey key, int releases)
      throws InterruptedException {
    try (ActivationProbe worker = worker(platform, key)) {
      Instant begin = clock.instant();
      worker.start();
      ActivationProbe.Served served = worker.next();
      Duration took = Duration.between(begin, served.at());
      Duration loading =
          served.times().byPhase().values().stream().reduce(Duration.ZERO, Duration::plus);
      progress.accept(
          "Start behind %,d releases: %d ms, of these %d ms for the release itself"
              .formatted(releases, took.toMillis(), loading.toMillis()));
      return new PublishReport.Start(releases, seconds(took), seconds(took.minus(loading)));
    }
  }

  private ActivationProbe worker(Platform platform, SigningKey key) {
    return new ActivationProbe(
        platform.bootstrapServers(), platform.serdes(), TrustedKeys.of(key.trusted()), clock);
  }

  /** Signed records of releases whose pieces nobody will ask for. */
  private void publishPast(Platform platform, SigningKey key) {
    byte[] artifact = new byte[1];
    ReleaseManifest manifest =
        ReleaseDesk.manifest(
            new PackedRelease(artifact, List.of(), artifact, Optional.empty(), new byte[0]), 1);
    AvroSerde<PolicyRelease> serde = platform.serdes().of(Topics.POLICY_RELEASES);
    byte[] json = manifest.toJson();
    PolicyRelease record =
        PolicyRelease.newBuilder()
            .setReleaseId(manifest.releaseId())
            .setStatus(ReleaseStatus.RELEASED)
            .setManifest(ByteBuffer.wrap(json))
            .setSignature(ByteBuffer.wrap(key.sign(json).bytes()))
            .setKeyId(key.trusted().id())
            .build();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            platform.bootstrapServers().with(Map.of()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < plan.pastReleases(); i++) {
        producer.send(
            new ProducerRecord<>(Topics.POLICY_RELEASES.name(), "past-" + i, serde.encode(record)));
      }
    }
  }

  /** What the chunk topic takes on disk, compressed as it is sent. */
  private long chunkBytes() {
    Path log = directory.resolve("kafka").resolve(Topics.POLICY_CHUNKS.name() + "-0");
    try (Stream<Path> files = Files.list(log)) {
      long bytes = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + log, e);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** One release from artifact to serving. */
  private record Sample(
      long artifact,
      long carried,
      long onDisk,
      Duration pack,
      Duration produce,
      LoadTimes load,
      Duration total) {

    static PublishReport.Served summary(String kind, List<Sample> samples) {
      return new PublishReport.Served(
          kind,
          samples.get(0).artifact,
          spread(samples.stream().map(s -> (double) s.carried)),
          spread(samples.stream().map(s -> (double) s.onDisk)),
          spread(samples.stream().map(s -> seconds(s.pack))),
          spread(samples.stream().map(s -> seconds(s.produce))),
          spread(samples.stream().map(s -> seconds(s.load.fetch()))),
          spread(samples.stream().map(s -> seconds(s.load.verify()))),
          spread(samples.stream().map(s -> seconds(s.load.open()))),
          spread(samples.stream().map(s -> seconds(s.load.test()))),
          spread(samples.stream().map(s -> seconds(s.total))));
    }

    private static Spread spread(Stream<Double> figures) {
      return Spread.of(figures.mapToDouble(Double::doubleValue).toArray());
    }
  }
}
