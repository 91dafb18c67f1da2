package io.searchloop.streams.decision;

import io.searchloop.policy.control.Candidate;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.activation.PolicySlot;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Who meets the release on trial, and where it serves from (docs/adr/0032). A visitor's place is a
 * hash of salt, candidate and visitor: every worker finds the same one, a share that grows keeps
 * whom it has, and the next candidate meets other visitors.
 *
 * <p>With u = hash / 2^53 in [0, 1): a visitor of the policy arm is in the canary when u &lt;
 * percent / 100. At u = .07 the visitor joins at the step of 10 % and stays. Any thread.
 */
public final class CanaryTraffic {
  private static final double ALL = 100;

  private final Supplier<Candidate> trial;
  private final Supplier<Optional<PolicyLease>> session;
  private final String salt;
  private final double shadowShare;

  private CanaryTraffic(
      Supplier<Candidate> trial,
      Supplier<Optional<PolicyLease>> session,
      String salt,
      double shadowShare) {
    if (!(shadowShare >= 0 && shadowShare <= 1)) {
      throw new IllegalArgumentException(
          "shadow-share is " + shadowShare + ", expected 0 for none to 1 for every request.");
    }
    this.trial = trial;
    this.session = session;
    this.salt = salt;
    this.shadowShare = shadowShare;
  }

  /**
   * Traffic with trials.
   *
   * @param trial release on trial, as the control log has it
   * @param slot where this worker keeps its session
   * @param salt any text; that of the arms will do
   * @param shadowShare share of requests that a release in its shadow stage is also sampled for
   */
  public static CanaryTraffic of(
      Supplier<Candidate> trial, PolicySlot slot, String salt, double shadowShare) {
    return new CanaryTraffic(trial, slot::acquire, salt, shadowShare);
  }

  /** Traffic without trials. */
  public static CanaryTraffic none() {
    return new CanaryTraffic(() -> Candidate.NONE, Optional::empty, "", 0);
  }

  /** Release on trial now. */
  Candidate candidate() {
    return trial.get();
  }

  /** Whether a visitor of the policy arm meets a candidate. */
  boolean meets(String visitorKey, Candidate candidate) {
    return candidate.stage() == Candidate.Stage.CANARY
        && VisitorHash.position(salt + "\ncanary\n" + candidate.version() + '\n' + visitorKey)
            < candidate.percent() / ALL;
  }

  /** Whether a request is also sampled with a candidate that nobody sees. */
  boolean shadows(Candidate candidate, RandomGenerator random) {
    return candidate.stage() == Candidate.Stage.SHADOW && random.nextDouble() < shadowShare;
  }

  /**
   * A candidate's session; empty when this worker has none, or that of another already: the slot
   * follows the control log a moment before the visitors' assignments do.
   */
  Optional<PolicyLease> acquire(Candidate candidate) {
    Optional<PolicyLease> held = session.get();
    if (held.isPresent() && held.get().identity().version() != candidate.version()) {
      held.get().close();
      return Optional.empty();
    }
    return held;
  }
}
