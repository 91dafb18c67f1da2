package io.searchloop.streams.decision;

import io.searchloop.policy.control.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.PolicySessionException;
import io.searchloop.streams.metrics.ServingMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides one query at a time. Candidates are drawn independently from the policy, and the one that
 * is served uniformly among them: its assignment propensity 1/N enters no importance ratio.
 *
 * <p>Every request consumes its random stream in the same order, whatever its mode: query id, mode,
 * exploration coin, rollouts, served one, merge seed or shadow. A share that is raised changes
 * which requests meet a mode, and nothing about the others.
 *
 * <p>Always answers: whatever keeps an arm from rewriting ends in the query without a rewrite. Safe
 * for any thread.
 */
public final class Decider {
  private static final Logger log = LoggerFactory.getLogger(Decider.class);
  private static final int[] NO_PROMPT = {};
  private static final long FIRST_LINEAGE = -1;
  private static final double NANOS_PER_MS = 1e6;
  private static final double UNMEASURED = -1;

  private final Traffic traffic;
  private final PolicySlot active;
  private final PolicySlot reference;
  private final CandidateSource candidates;
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
      Traffic traffic,
      PolicySlot active,
      PolicySlot reference,
      CandidateSource candidates,
      Duration deadline,
      InstantSource clock,
      RequestRandom random,
      ServingMetrics metrics) {
    this.traffic = traffic;
    this.active = active;
    this.reference = reference;
    this.candidates = candidates;
    this.deadline = deadline;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Decides a query that the storefront retrieves for itself. It is always one list: lists of an
   * engine that is not ours can be neither merged here nor judged by ours.
   *
   * @param plan what is to be searched but for the rewrite
   * @param arrivedAt when the request arrived; waiting counts against the deadline
   */
  public Choice.OneList decide(RewriteRequest request, SearchPlan plan, Instant arrivedAt) {
    Draft draft = begin(request, plan, arrivedAt);
    return fixed(draft).orElseGet(() -> oneList(draft));
  }

  /**
   * Decides a query whose page the worker makes, so that any mode is possible.
   *
   * @param plan what will be searched but for the rewrite
   * @param arrivedAt when the request arrived; waiting counts against the deadline
   */
  public Choice decidePage(RewriteRequest request, SearchPlan plan, Instant arrivedAt) {
    Draft draft = begin(request, plan, arrivedAt);
    Optional<Choice.OneList> fixed = fixed(draft);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    if (draft.arm() != Arm.POLICY && draft.arm() != Arm.CANARY) {
      return oneList(draft);
    }
    // Both arms meet the same mixture of modes, or they could not be compared.
    return switch (traffic.mode(request, draft.modeDraw())) {
      case ASSIGNED -> shadowed(draft, oneList(draft));
      case MULTILEAVED -> merge(draft);
      case ENGINE_ONLY -> engineOnly(draft);
    };
  }

  private Draft begin(RewriteRequest request, SearchPlan plan, Instant arrivedAt) {
    SplittableRandom stream = random.next();
    Assignment assignment = traffic.assign(request);
    Instant now = clock.instant();
    DecisionFrame frame =
        new DecisionFrame(
            request, QueryIds.at(now, stream), now, assignment, plan, candidates.temperature());
    return new Draft(
        frame,
        stream.nextDouble(),
        traffic.exploration().chosen(stream.nextDouble()),
        stream,
        arrivedAt,
        Deadline.at(arrivedAt.plus(deadline), clock));
  }

  /** What the shop's rules decide; for visitors of every arm, so that it compares none. */
  private Optional<Choice.OneList> fixed(Draft draft) {
    return candidates
        .fixed(draft.frame().request())
        .map(
            rule ->
                rule.rewrite().isPresent()
                    ? unsampled(draft.frame(), DecisionMode.ASSIGNED, Arm.PINNED, rule.rewrite())
                    : asTyped(draft.frame(), DecisionMode.HOLDOUT, Arm.NEVER_REWRITTEN));
  }

  private Choice.OneList oneList(Draft draft) {
    return switch (draft.arm()) {
      case IDENTITY -> asTyped(draft.frame(), DecisionMode.HOLDOUT, draft.arm().label());
      case REFERENCE -> shown(draft, assigned(draft, this::fresh));
      // The release on trial explores as its control does, or they could not be compared.
      case CANARY ->
          draft.explores() ? explored(draft) : shown(draft, assigned(draft, this::fresh));
      case POLICY ->
          draft.explores() ? explored(draft) : shown(draft, assigned(draft, this::stored));
    };
  }

  private Choice.OneList explored(Draft draft) {
    return shown(draft, assigned(draft.at(traffic.exploration().temperature()), this::fresh));
  }

  /** What is shown alone; an invalid or refused candidate is answered without a rewrite. */
  private Choice.OneList shown(Draft draft, Optional<Choice.OneList> assigned) {
    assigned
        .filter(choice -> choice.rewrite().isEmpty())
        .ifPresent(unsearched -> metrics.fellBack(reason(unsearched.decision()).label()));
    return assigned.orElseGet(() -> fallBack(draft.frame()));
  }

  private static FallbackReason reason(Decision decision) {
    int served = decision.getServed().get(0);
    return decision.getCandidates().get(served).getRefusedBy().isEmpty()
        ? FallbackReason.INVALID_CANDIDATE
        : FallbackReason.REFUSED_BY_RULE;
  }

  private Choice merge(Draft draft) {
    Optional<Choice.OneList> instead = assigned(draft, this::fresh);
    if (instead.isEmpty()) {
      return fallBack(draft.frame());
    }
    return new Choice.Merge(instead.get(), draft.stream().nextLong(), draft.end());
  }

  private Choice engineOnly(Draft draft) {
    if (active.identity().isEmpty()) {
      return oneList(draft); // falls back, counted
    }
    return new Choice.EngineOnly(
        asTyped(draft.frame(), DecisionMode.HOLDOUT, Arm.TAIL_IDENTITY),
        unseen(draft, EngineOnlySampler.ID_SUFFIX, Arm.ENGINE_ONLY));
  }

  /** Drawn last, so that a trial changes nothing that is shown. */
  private Choice shadowed(Draft draft, Choice.OneList shown) {
    Candidate candidate = draft.frame().assignment().candidate();
    return traffic.canary().shadows(candidate, draft.stream())
        ? new Choice.Shadowed(shown, unseen(draft, EngineOnlySampler.SHADOW_SUFFIX, Arm.SHADOW))
        : shown;
  }

  private static EngineOnlySearch unseen(Draft draft, String suffix, String arm) {
    DecisionFrame frame = draft.frame();
    return new EngineOnlySearch(
        frame.request(),
        frame.queryId() + suffix,
        arm,
        frame.plan(),
        frame.assignment(),
        draft.stream().split());
  }

  /** One of the candidates; empty, and counted, when there are none. */
  private Optional<Choice.OneList> assigned(Draft draft, Sampling sampling) {
    if (draft.arm() == Arm.CANARY) {
      Optional<PolicyLease> candidate =
          traffic.canary().acquire(draft.frame().assignment().candidate());
      if (candidate.isPresent()) {
        return assigned(draft, Arm.CANARY, candidate.get(), sampling);
      }
      metrics.fellBack(FallbackReason.NO_CANDIDATE.label()); // its shopper loses nothing
    }
    boolean frozen = draft.arm() == Arm.REFERENCE;
    return (frozen ? reference : active)
        .acquire()
        .map(lease -> assigned(draft, frozen ? Arm.REFERENCE : Arm.POLICY, lease, sampling))
        .orElseGet(() -> failed(FallbackReason.NO_POLICY));
  }

  private Optional<Choice.OneList> assigned(
      Draft draft, Arm arm, PolicyLease held, Sampling sampling) {
    try (PolicyLease lease = held) {
      int[] prompt = candidates.prompt(lease, draft.frame().request());
      Optional<CandidateSet> set = sampling.candidates(lease, draft, prompt);
      return set.isEmpty()
          ? failed(FallbackReason.DEADLINE)
          : Optional.of(
              assigned(
                  draft, arm, lease, prompt, candidates.ruled(draft.frame().request(), set.get())));
    } catch (PolicySessionException | ArithmeticException e) {
      log.warn("Session failed: queryId={} reason={}", draft.frame().queryId(), e.getMessage());
      return failed(FallbackReason.SESSION_ERROR);
    }
  }

  private Choice.OneList assigned(
      Draft draft, Arm arm, PolicyLease lease, int[] prompt, CandidateSet candidateSet) {
    int served = draft.stream().nextInt(candidateSet.rollouts().size());
    return new Choice.OneList(
        draft
            .frame()
            .assigned(
                arm, lease.identity(), prompt, candidateSet, served, latency(draft, candidateSet)),
        candidateSet.served(served));
  }

  /** A slate costs no decoding, and only the active release has slates: no measure of a release. */
  private double latency(Draft draft, CandidateSet candidateSet) {
    return candidateSet.slateId().isEmpty()
        ? Duration.between(draft.arrivedAt(), clock.instant()).toNanos() / NANOS_PER_MS
        : UNMEASURED;
  }

  private Optional<CandidateSet> fresh(PolicyLease lease, Draft draft, int[] prompt) {
    double temperature = draft.frame().temperature();
    return candidates.explore(lease, prompt, temperature, draft.stream(), draft.end());
  }

  private Optional<CandidateSet> stored(PolicyLease lease, Draft draft, int[] prompt) {
    return candidates.slateOrSample(lease, draft.frame(), prompt, draft.stream(), draft.end());
  }

  private Optional<Choice.OneList> failed(FallbackReason reason) {
    metrics.fellBack(reason.label());
    return Optional.empty();
  }

  private Choice.OneList fallBack(DecisionFrame frame) {
    return asTyped(frame, DecisionMode.ASSIGNED, Arm.FALLBACK);
  }

  private Choice.OneList asTyped(DecisionFrame frame, DecisionMode mode, String arm) {
    return unsampled(frame, mode, arm, Optional.empty());
  }

  private Choice.OneList unsampled(
      DecisionFrame frame, DecisionMode mode, String arm, Optional<String> rewrite) {
    String text = rewrite.orElse(frame.request().query());
    Optional<PolicyLease> held = active.acquire();
    if (held.isEmpty()) {
      return new Choice.OneList(
          frame.unsampled(mode, arm, text, NO_PROMPT, FIRST_LINEAGE), rewrite);
    }
    try (PolicyLease lease = held.get()) {
      int[] prompt = candidates.prompt(lease, frame.request());
      return new Choice.OneList(
          frame.unsampled(mode, arm, text, prompt, lease.identity().lineage()), rewrite);
    }
  }

  /** A request while it is decided. */
  private record Draft(
      DecisionFrame frame,
      double modeDraw,
      boolean explores,
      SplittableRandom stream,
      Instant arrivedAt,
      Deadline end) {

    Arm arm() {
      return frame.assignment().arm();
    }

    /** The same at another temperature, which is the one that is logged. */
    Draft at(double temperature) {
      return new Draft(
          frame.withTemperature(temperature), modeDraw, explores, stream, arrivedAt, end);
    }
  }

  /** Where candidates come from. */
  @FunctionalInterface
  private interface Sampling {
    Optional<CandidateSet> candidates(PolicyLease lease, Draft draft, int[] prompt);
  }
}
