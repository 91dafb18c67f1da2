package io.searchloop.app.transfer;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.policy.transfer.Placement;
import io.searchloop.policy.transfer.ReleaseFile;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import io.searchloop.trainer.publish.KafkaPolicyLog;
import io.searchloop.trainer.publish.KafkaReleasedArtifacts;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.PolicyPublisher;
import io.searchloop.trainer.publish.ReleaseEntry;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * Takes a release of another cluster into a log: verified under keys that are trusted here, signed
 * anew by the key of this log, published whole in one transaction. Holds the trainer's pen
 * meanwhile: a trainer that runs is fenced, and goes on from the import once it is started again.
 */
public final class ReleaseImport {
  private final Brokers brokers;
  private final Serdes serdes;
  private final ReleaseSigner signer;
  private final TrustedKeys sources;

  /**
   * What became of a file.
   *
   * @param version policy version of the release here
   * @param known whether the log had it before, so that nothing was written
   * @param manifest what it says of itself here
   */
  public record Moved(long version, boolean known, ReleaseManifest manifest) {}

  /**
   * @param signer vouches for releases of this log
   * @param sources whose releases may be moved here
   */
  public ReleaseImport(Brokers brokers, Serdes serdes, ReleaseSigner signer, TrustedKeys sources) {
    this.brokers = brokers;
    this.serdes = serdes;
    this.signer = signer;
    this.sources = sources;
  }

  /**
   * Publishes a release, unless the log has it.
   *
   * @throws io.searchloop.policy.release.InvalidReleaseException when nobody who is trusted vouches
   *     for it
   * @throws IllegalStateException when it does not fit the log; nothing is written then
   */
  public Moved take(ReleaseFile file) {
    file.verify(sources);
    try (PolicyPublisher publisher =
            PolicyPublisher.connect(
                brokers,
                serdes,
                signer,
                () -> new ConsumerGroupMetadata(KafkaMinibatchSource.GROUP));
        KafkaPolicyLog log = KafkaPolicyLog.connect(brokers, serdes)) {
      PolicyHistory before = log.catchUp();
      Optional<ReleaseEntry> known = known(file, before);
      if (known.isPresent()) {
        return new Moved(known.get().version(), true, known.get().manifest());
      }
      place(file, before); // what does not fit fences no trainer
      publisher.open();
      ReleaseManifest manifest = file.placed(place(file, log.catchUp()));
      return new Moved(
          publisher.release(manifest, file.artifact(), OptionalLong.empty()), false, manifest);
    }
  }

  private static Optional<ReleaseEntry> known(ReleaseFile file, PolicyHistory history) {
    Optional<ReleaseEntry> known =
        history.releases().stream()
            .filter(
                entry ->
                    entry.released()
                        && entry.manifest().releaseId().equals(file.manifest().releaseId()))
            .findFirst();
    known
        .filter(entry -> !entry.manifest().sha256().equals(file.manifest().sha256()))
        .ifPresent(
            entry -> {
              throw new IllegalStateException(
                  "Release %s is version %d here with SHA-256 %s, the file has %s. One of the two is not what it says; look who signed them."
                      .formatted(
                          file.manifest().releaseId(),
                          entry.version(),
                          entry.manifest().sha256(),
                          file.manifest().sha256()));
            });
    return known;
  }

  private Placement place(ReleaseFile file, PolicyHistory history) {
    if (history.first().isEmpty()) {
      return new Placement(-1, history.head().lineage(), -1, accounted(history));
    }
    ReleaseEntry parent = history.base().or(history::first).orElseThrow();
    requireSameVocabulary(file, parent, history);
    return new Placement(
        parent.version(), history.head().lineage(), parent.manifest().step(), accounted(history));
  }

  /** Minibatches are committed with releases and refusals alike, so the newest record says it. */
  private static long accounted(PolicyHistory history) {
    return history.newest().map(entry -> entry.manifest().provenance().toMinibatch()).orElse(0L);
  }

  /** Rollouts are tokens, so a log keeps one tokenizer. */
  private void requireSameVocabulary(ReleaseFile file, ReleaseEntry parent, PolicyHistory history) {
    PolicyArtifact here =
        PolicyArtifact.read(
            new Artifacts(KafkaReleasedArtifacts.connect(brokers, serdes))
                .of(
                    parent.manifest(),
                    version -> history.released(version).map(ReleaseEntry::manifest)));
    PolicyArtifact moved = PolicyArtifact.read(file.artifact());
    if (!here.spec().equals(moved.spec())
        || !Arrays.equals(here.tokenizer().toJson(), moved.tokenizer().toJson())) {
      throw new IllegalStateException(
          "Release %s has another tokenizer or other dimensions than version %d of this log. A log keeps one tokenizer: import into an empty one."
              .formatted(file.manifest().releaseId(), parent.version()));
    }
  }
}
