package io.searchloop.streams.decision;

import io.searchloop.schemas.DecisionMode;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.PolicySessionException;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides one query at a time. Candidates are drawn independently from the policy, and the one that
 * is served uniformly among them: its assignment propensity 1/N enters no importance ratio.
 *
 * <p>Always answers: whatever keeps an arm from rewriting ends in the query as typed. Safe for any
 * thread.
 */
public final class Decider {
  private static final Logger log = LoggerFactory.getLogger(Decider.class);
  private static final int[] NO_PROMPT = {};
  private static final long FIRST_LINEAGE = -1;

  private final ArmAssignment arms;
  private final PolicySlot active;
  private final PolicySlot reference;
  private final RewriteSampler sampler;
  private final Duration deadline;
  private final InstantSource clock;
  private final RequestRandom random;
  private final ServingMetrics metrics;

  /**
   * @param active slot of the policy arm
   * @param reference slot of the reference arm
   * @param deadline how long after arrival candidates are worth waiting for
   */
  public Decider(
      ArmAssignment arms,
      PolicySlot active,
      PolicySlot reference,
      RewriteSampler sampler,
      Duration deadline,
      InstantSource clock,
      RequestRandom random,
      ServingMetrics metrics) {
    this.arms = arms;
    this.active = active;
    this.reference = reference;
    this.sampler = sampler;
    this.deadline = deadline;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Decides a query.
   *
   * @param epoch catalogue epoch that is or will be searched
   * @param arrivedAt when the request arrived; waiting counts against the deadline
   */
  public Choice decide(RewriteRequest request, long epoch, Instant arrivedAt) {
    SplittableRandom stream = random.next();
    Arm arm = arms.arm(request.visitorKey());
    Instant now = clock.instant();
    DecisionFrame frame =
        new DecisionFrame(
            request,
            QueryIds.at(now, stream),
            now,
            arms.propensity(arm),
            epoch,
            sampler.settings().temperature());
    Deadline end = Deadline.at(arrivedAt.plus(deadline), clock);
    Choice choice =
        switch (arm) {
          case IDENTITY -> asTyped(frame, DecisionMode.HOLDOUT, arm.label());
          case REFERENCE -> rewritten(frame, arm, reference, stream, end);
          case POLICY -> rewritten(frame, arm, active, stream, end);
        };
    metrics.decided(choice.decision().getArm());
    return choice;
  }

  private Choice rewritten(
      DecisionFrame frame, Arm arm, PolicySlot slot, SplittableRandom stream, Deadline end) {
    Optional<PolicyLease> held = slot.acquire();
    if (held.isEmpty()) {
      return fallBack(frame, FallbackReason.NO_POLICY);
    }
    try (PolicyLease lease = held.get()) {
      int[] prompt = lease.policy().format().prompt(frame.request().context());
      return sampler
          .sample(lease.policy(), prompt, stream, end)
          .map(rollouts -> assigned(frame, arm, lease, prompt, rollouts, stream))
          .orElseGet(() -> fallBack(frame, FallbackReason.DEADLINE));
    } catch (PolicySessionException | ArithmeticException e) {
      log.warn("Session failed: queryId={} reason={}", frame.queryId(), e.getMessage());
      return fallBack(frame, FallbackReason.SESSION_ERROR);
    }
  }

  private Choice assigned(
      DecisionFrame frame,
      Arm arm,
      PolicyLease lease,
      int[] prompt,
      List<Rollout> rollouts,
      SplittableRandom stream) {
    rollouts.forEach(rollout -> metrics.sampled(rollout.valid()));
    int served = stream.nextInt(rollouts.size());
    Rollout shown = rollouts.get(served);
    if (!shown.valid()) {
      metrics.fellBack(FallbackReason.INVALID_CANDIDATE.label());
    }
    return new Choice(
        frame.assigned(arm, lease.identity(), prompt, rollouts, served),
        shown.valid() ? Optional.of(shown.rewrite()) : Optional.empty());
  }

  private Choice fallBack(DecisionFrame frame, FallbackReason reason) {
    metrics.fellBack(reason.label());
    return asTyped(frame, DecisionMode.ASSIGNED, Arm.FALLBACK);
  }

  private Choice asTyped(DecisionFrame frame, DecisionMode mode, String arm) {
    Optional<PolicyLease> held = active.acquire();
    if (held.isEmpty()) {
      return new Choice(frame.identity(mode, arm, NO_PROMPT, FIRST_LINEAGE), Optional.empty());
    }
    try (PolicyLease lease = held.get()) {
      int[] prompt = lease.policy().format().prompt(frame.request().context());
      return new Choice(
          frame.identity(mode, arm, prompt, lease.identity().lineage()), Optional.empty());
    }
  }
}
