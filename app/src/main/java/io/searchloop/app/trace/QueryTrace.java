package io.searchloop.app.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One search with everything that led to it and came of it. Texts of shoppers and rewrites are
 * empty unless they were asked for.
 *
 * @param queryId id of the search
 * @param searched records looked at, by topic
 * @param decisions its decision, and that of its engine-only rollouts if there were any
 * @param release the release that sampled its candidates; null when none did
 * @param trainedOn minibatches that release was trained on since the one before it
 * @param events what its shopper did, in order
 * @param tuples what its rollouts earned, base tuples and corrections
 * @param learnedFrom minibatches that hold its rollouts
 */
public record QueryTrace(
    String queryId,
    Map<String, Long> searched,
    List<TracedDecision> decisions,
    @Nullable TracedRelease release,
    List<TracedMinibatch> trainedOn,
    List<TracedEvent> events,
    List<TracedTuple> tuples,
    List<TracedMinibatch> learnedFrom) {

  /** Copies the lists. */
  public QueryTrace {
    decisions = List.copyOf(decisions);
    trainedOn = List.copyOf(trainedOn);
    events = List.copyOf(events);
    tuples = List.copyOf(tuples);
    learnedFrom = List.copyOf(learnedFrom);
  }

  /** Whether there is such a search. */
  public boolean found() {
    return !decisions.isEmpty();
  }

  /**
   * What a worker decided.
   *
   * @param slateId slate of its candidates; empty when they were sampled for it alone
   * @param promptHash of the prompt the policy saw
   */
  public record TracedDecision(
      String queryId,
      Instant at,
      String query,
      String mode,
      String arm,
      long policyVersion,
      long step,
      long lineage,
      long catalogueEpoch,
      double armPropensity,
      double assignmentPropensity,
      double temperature,
      String promptHash,
      String slateId,
      List<TracedCandidate> candidates,
      List<String> page) {
    /** Copies the lists. */
    public TracedDecision {
      candidates = List.copyOf(candidates);
      page = List.copyOf(page);
    }
  }

  /**
   * One rollout.
   *
   * @param logProb of the whole rewrite under the sampler, natural log
   */
  public record TracedCandidate(
      String rolloutId,
      String rewrite,
      boolean served,
      boolean trainable,
      boolean valid,
      String refusedBy,
      int tokens,
      double logProb) {}

  /**
   * A release, with where it comes from.
   *
   * @param ancestors versions it was trained from, the newest first, as far as they are known
   */
  public record TracedRelease(
      long version,
      String releaseId,
      Instant committedAt,
      long step,
      long lineage,
      String origin,
      String codeVersion,
      String checkpoint,
      long fromMinibatch,
      long toMinibatch,
      long trainedMinibatches,
      Map<String, Long> refusedMinibatches,
      Map<String, Double> gate,
      List<Long> ancestors) {}

  /** What a shopper did. */
  public record TracedEvent(
      Instant at, String action, String objectId, int position, String orderId, String eventId) {}

  /**
   * What a rollout earned.
   *
   * @param terms addends of the reward by name
   */
  public record TracedTuple(
      String rolloutId,
      int sequence,
      double reward,
      Map<String, Double> terms,
      String signal,
      String item,
      Instant impression,
      Instant outcome,
      String origin) {}

  /**
   * A minibatch.
   *
   * @param groups groups, pairs and orders in it
   * @param version release or refusal that accounts for it; -1 while none does
   * @param outcome what became of it there: released, refused, or pending
   * @param members those of its members that the trace is about
   */
  public record TracedMinibatch(
      long offset,
      String kind,
      Instant packedAt,
      int groups,
      long version,
      String outcome,
      List<TracedMember> members) {
    /** Copies the members. */
    public TracedMinibatch {
      members = List.copyOf(members);
    }
  }

  /** A rollout as the trainer saw it; in a correction reward and advantage are changes. */
  public record TracedMember(String rolloutId, int sequence, double reward, double advantage) {}
}
