package io.searchloop.app.launcher;

import io.searchloop.app.transfer.ReleaseImport;
import io.searchloop.app.transfer.ReleaseImport.Moved;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.policy.transfer.ReleaseFile;
import io.searchloop.trainer.KafkaTrainer;
import io.searchloop.trainer.PolicyImport;
import io.searchloop.trainer.PolicyImport.Imported;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Brings a policy directory into the data directory of a loop that is not running: starts its Kafka
 * and registry, publishes, stops them. A first policy is also kept as the loop's warm start, which
 * is what the next start trains from. Runs on the caller's thread.
 */
public final class PolicyImporter {
  private final Path dataDirectory;
  private final LoopSettings settings;
  private final InstantSource clock;

  /**
   * @param dataDirectory all state of the loop; made when missing
   */
  public PolicyImporter(Path dataDirectory, LoopSettings settings, InstantSource clock) {
    this.dataDirectory = dataDirectory;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Publishes a policy.
   *
   * @throws IllegalStateException when the loop is running, the policy does not fit its releases,
   *     or the gate refuses a first release
   */
  public Imported run(PolicyDirectory directory) {
    try (WarmStart policy = TrainedPolicy.read(directory);
        Platform platform = Platform.start(dataDirectory, settings)) {
      layTopics(platform);
      LoopKeys keys = LoopKeys.open(dataDirectory, platform.bootstrapServers(), platform.serdes());
      Path trainer = EmbeddedTrainer.directory(dataDirectory);
      try (PolicyImport release =
          KafkaTrainer.policyImport(
              platform.bootstrapServers(),
              platform.serdes(),
              settings.trainer(),
              settings.gate(),
              keys.signer(),
              EmbeddedTrainer.checkpoints(trainer),
              GoldenSet.NONE,
              clock)) {
        return release.first() ? first(release, policy, trainer) : release.publish(policy);
      }
    }
  }

  /**
   * Takes in a release of another cluster; it is no warm start, see docs/disaster.md.
   *
   * @param sources whose releases may be moved here; empty for those whom the directory trusts
   * @throws io.searchloop.policy.release.InvalidReleaseException when nobody vouches for it who is
   *     trusted
   * @throws IllegalStateException when the loop is running, or the release does not fit its others
   */
  public Moved move(ReleaseFile file, Optional<TrustedKeys> sources) {
    try (Platform platform = Platform.start(dataDirectory, settings)) {
      layTopics(platform);
      LoopKeys keys = LoopKeys.open(dataDirectory, platform.bootstrapServers(), platform.serdes());
      return new ReleaseImport(
              platform.bootstrapServers(),
              platform.serdes(),
              keys.signer(),
              sources.orElse(keys.trusted()))
          .take(file);
    }
  }

  private void layTopics(Platform platform) {
    new Groundwork(platform.bootstrapServers(), platform.serdes())
        .layTopics(settings.loop().partitions());
  }

  /** The warm start is there before the release that needs it, and goes when there is none. */
  private static Imported first(PolicyImport release, WarmStart policy, Path trainer) {
    Path own = EmbeddedTrainer.ownWarmStart(trainer);
    new WarmStartDirectory(own).write(policy);
    try {
      return release.publish(policy);
    } catch (RuntimeException e) {
      Directories.delete(own);
      throw e;
    }
  }
}
