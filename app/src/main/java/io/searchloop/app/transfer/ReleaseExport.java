package io.searchloop.app.transfer;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.transfer.ReleaseFile;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.publish.KafkaReleasedArtifacts;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Takes one release out of a log, as a file that needs neither the log nor its cluster. */
public final class ReleaseExport {
  /** The version that workers serve. */
  public static final String LATEST = "latest";

  private final Brokers brokers;
  private final Serdes serdes;

  public ReleaseExport(Brokers brokers, Serdes serdes) {
    this.brokers = brokers;
    this.serdes = serdes;
  }

  /**
   * One release.
   *
   * @param name its offset, or {@link #LATEST}: what is active, or the newest where nothing is yet
   * @throws IllegalArgumentException when there is no such release
   * @throws io.searchloop.policy.release.InvalidReleaseException when its pieces are not all there
   */
  public ReleaseFile of(String name) {
    List<Located<PolicyRelease>> records =
        TopicLog.readAll(Topics.POLICY_RELEASES, brokers, serdes);
    PolicyHistory history = PolicyHistory.read(brokers, serdes);
    long version = name.equals(LATEST) ? latest(history) : offset(name);
    LongFunction<Optional<ReleaseManifest>> manifests =
        at ->
            history.releases().stream()
                .filter(release -> release.released() && release.version() == at)
                .map(PolicyHistory.Release::manifest)
                .findFirst();
    ReleaseManifest wanted =
        manifests.apply(version).orElseThrow(() -> none(Long.toString(version)));
    byte[] artifact =
        new Artifacts(KafkaReleasedArtifacts.connect(brokers, serdes)).of(wanted, manifests);
    PolicyRelease record =
        records.stream()
            .filter(located -> located.offset() == version)
            .findFirst()
            .orElseThrow(() -> none(Long.toString(version)))
            .value();
    return ReleaseFile.of(
        ClusterId.of(brokers),
        version,
        Packed.bytes(record.getManifest()),
        new ReleaseSignature(record.getKeyId(), Packed.bytes(record.getSignature())),
        artifact);
  }

  private static long latest(PolicyHistory history) {
    long active = history.control().head().activeVersion();
    return active >= 0
        ? active
        : history.releases().stream()
            .filter(PolicyHistory.Release::released)
            .mapToLong(PolicyHistory.Release::version)
            .max()
            .orElseThrow(() -> none(LATEST));
  }

  private static long offset(String name) {
    try {
      return Long.parseLong(name);
    } catch (NumberFormatException e) {
      throw none(name);
    }
  }

  private static IllegalArgumentException none(String name) {
    return new IllegalArgumentException(
        "No release is version %s, expected latest or an offset that ./searchloop policy list shows as released."
            .formatted(name));
  }
}
