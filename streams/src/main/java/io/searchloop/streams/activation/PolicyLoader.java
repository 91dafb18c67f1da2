package io.searchloop.streams.activation;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Fetches, verifies, loads, tests and warms a release: all that must hold before it serves. */
public final class PolicyLoader {
  private final ReleaseReader reader;
  private final SelfTest selfTest;
  private final SessionSettings sessions;
  private final InstantSource clock;
  private final ActivationListener listener;

  /**
   * @param sessions how sessions are opened
   * @param clock measures the phases
   * @param listener hears what took how long
   */
  public PolicyLoader(
      ReleaseReader reader,
      SelfTest selfTest,
      SessionSettings sessions,
      InstantSource clock,
      ActivationListener listener) {
    this.reader = reader;
    this.selfTest = selfTest;
    this.sessions = sessions;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Loads a release of the log.
   *
   * @throws InvalidReleaseException when it must not be served
   */
  LoadedPolicy load(PolicyIdentity identity, ReleaseLog releases) {
    ReleaseReader.Verified verified = reader.read(identity.version(), releases);
    Instant opening = clock.instant();
    OnnxPolicy policy = open(identity.version(), verified.artifact());
    try {
      Instant testing = clock.instant();
      selfTest.check(policy);
      listener.loaded(
          identity,
          new LoadTimes(
              verified.fetch(),
              verified.verify(),
              Duration.between(opening, testing),
              Duration.between(testing, clock.instant())));
      return new LoadedPolicy(identity, policy);
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  private OnnxPolicy open(long version, byte[] artifact) {
    try {
      return OnnxPolicy.open(version, PolicyArtifact.read(artifact), sessions);
    } catch (IllegalArgumentException e) {
      throw new InvalidReleaseException(
          ReleaseFault.UNREADABLE,
          "Policy %d rejected: %s Re-export it, or activate an earlier version."
              .formatted(version, e.getMessage()),
          e);
    }
  }
}
