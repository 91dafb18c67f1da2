package io.searchloop.app.bench.publishing;

import io.searchloop.app.log.ControlWriter;
import io.searchloop.policy.control.Verdict;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.publish.PackedRelease;
import io.searchloop.trainer.publish.PolicyPublisher;
import io.searchloop.trainer.publish.ReleasePacker;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** Publishes and promotes as trainer and operator do. Confined to one thread. */
final class ReleaseDesk implements AutoCloseable {
  private final PolicyPublisher publisher;
  private final ControlWriter control;
  private final ReleasePacker packer = new ReleasePacker(1_000, 1);
  private long head = -1;

  ReleaseDesk(Brokers bootstrapServers, Serdes serdes, SigningKey key, InstantSource clock) {
    publisher =
        PolicyPublisher.connect(
            bootstrapServers, serdes, key, () -> new ConsumerGroupMetadata("bench"));
    publisher.open();
    control = new ControlWriter(bootstrapServers, serdes, clock);
  }

  /** How an artifact travels: whole, or upon the one published last. */
  PackedRelease pack(byte[] artifact, boolean whole) {
    if (whole) {
      packer.forget();
    }
    return packer.pack(artifact);
  }

  /** Publishes in one transaction; the version. */
  long publish(PackedRelease packed, int step) {
    ReleaseManifest manifest = manifest(packed, step);
    long version = publisher.release(manifest, packed.carried(), OptionalLong.empty());
    packer.released(version, manifest.sha256(), packed);
    return version;
  }

  /**
   * Makes a version the serving one.
   *
   * @throws IllegalStateException when the decision is void
   */
  void promote(long version) {
    Verdict verdict = control.decide(ControlAction.PROMOTE, version, "bench", "measured", head);
    if (!verdict.effective()) {
      throw new IllegalStateException("Promotion is void: " + verdict.reason());
    }
    head = verdict.offset();
  }

  /** As long as a trainer's, with all its settings. */
  static ReleaseManifest manifest(PackedRelease packed, int step) {
    String hash = Sha256.of(packed.artifact());
    ReleaseManifest keyframe =
        new ReleaseManifest(
            ReleaseManifest.FORMAT,
            "bench-s%d-%s".formatted(step, hash.substring(0, 12)),
            -1,
            -1,
            step,
            ArtifactChunks.split(packed.artifact()).size(),
            packed.artifact().length,
            hash,
            hash,
            new PolicyProvenance(
                "training",
                0,
                0,
                0,
                Map.of(),
                ConfigBinder.defaults(TrainerConfig.class).described(),
                Map.of(),
                "bench",
                0));
    return packed
        .base()
        .map(base -> keyframe.onBase(base, ArtifactChunks.split(packed.carried()).size()))
        .orElse(keyframe);
  }

  @Override
  public void close() {
    control.close();
    publisher.close();
  }
}
