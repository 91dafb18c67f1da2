package io.searchloop.app.evaluation;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.activation.KafkaChunks;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.inference.OnnxPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Policies as a running loop released them. */
public final class PublishedPolicies {
  private static final String LATEST = "latest";
  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
  private static final Duration CHUNK_TIMEOUT = Duration.ofSeconds(10);

  private final Brokers bootstrapServers;
  private final Serdes serdes;

  public PublishedPolicies(Brokers bootstrapServers, Serdes serdes) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
  }

  /**
   * The policy that {@code latest} or an offset names, which the caller closes; empty for any other
   * name.
   *
   * @throws IllegalArgumentException when there is no release at the offset
   */
  public Optional<OnnxPolicy> named(String name) {
    if (name.equals(LATEST)) {
      return Optional.of(latest());
    }
    return OFFSET.matcher(name).matches()
        ? Optional.of(at(Long.parseLong(name)))
        : Optional.empty();
  }

  /** The version that workers serve now; the caller closes it. */
  private OnnxPolicy latest() {
    PolicyHistory history = PolicyHistory.read(bootstrapServers, serdes);
    return open(find(history, history.control().head().activeVersion()), history.releases());
  }

  /**
   * A version, which is the offset of its release; the caller closes it.
   *
   * @throws IllegalArgumentException when there is no release of this version
   */
  private OnnxPolicy at(long version) {
    PolicyHistory history = PolicyHistory.read(bootstrapServers, serdes);
    return open(find(history, version), history.releases());
  }

  /**
   * A release; the caller closes it.
   *
   * @param releases all there are, since it may have come as a delta upon one of them
   */
  public OnnxPolicy open(Release release, List<Release> releases) {
    ConsumerSettings consumers = new ConsumerSettings(bootstrapServers);
    try (KafkaChunks chunks =
        new KafkaChunks(
            () -> consumers.seeker("policy-judge"),
            serdes.of(Topics.POLICY_CHUNKS),
            CHUNK_TIMEOUT)) {
      byte[] artifact = new byte[0];
      for (ReleaseManifest link :
          ReleaseChain.of(release.manifest(), version -> manifest(version, releases))) {
        artifact = ArtifactChunks.assemble(link, chunks.fetch(link), artifact);
      }
      return OnnxPolicy.open(release.version(), PolicyArtifact.read(artifact), 1);
    }
  }

  private static Optional<ReleaseManifest> manifest(long version, List<Release> releases) {
    return releases.stream()
        .filter(release -> release.released() && release.version() == version)
        .map(Release::manifest)
        .findFirst();
  }

  private static Release find(PolicyHistory history, long version) {
    return history.releases().stream()
        .filter(release -> release.released() && release.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No release has version %d, expected one of ./searchloop policy list."
                        .formatted(version)));
  }
}
