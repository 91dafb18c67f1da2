package io.searchloop.streams.decision;

import io.searchloop.policy.rewrite.GroupKey;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.inference.Rollout;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a decision before the candidates are: fills records of every arm alike.
 *
 * @param queryId id of the search
 * @param at when the worker decided
 * @param assignment arm of the visitor and its probability
 * @param plan what will be searched
 * @param temperature of the sampler
 */
record DecisionFrame(
    RewriteRequest request,
    String queryId,
    Instant at,
    Assignment assignment,
    SearchPlan plan,
    double temperature) {

  /** The same of a sampler at another temperature. */
  DecisionFrame withTemperature(double other) {
    return new DecisionFrame(request, queryId, at, assignment, plan, other);
  }

  /**
   * A decision to search a text that no policy sampled. Its group key is that of the policy's
   * candidates for the same query, so that identity is their contemporary control.
   *
   * @param rewrite the text; the query itself for a search without a rewrite
   * @param prompt prompt of the serving policy; empty when none serves
   * @param lineage lineage of the serving policy; -1 when none serves
   */
  Decision unsampled(DecisionMode mode, String arm, String rewrite, int[] prompt, long lineage) {
    return base(mode, arm, prompt, lineage)
        .setCandidates(List.of(unsampledCandidate(rewrite)))
        .setServed(List.of(0))
        .build();
  }

  /**
   * A decision to serve one of N rollouts, drawn uniformly.
   *
   * @param arm whose session scored them
   * @param latencyMs from arrival to now
   */
  Decision assigned(
      Arm arm,
      PolicyIdentity identity,
      int[] prompt,
      CandidateSet candidates,
      int served,
      double latencyMs) {
    return sampled(DecisionMode.ASSIGNED, arm.label(), identity, prompt)
        .setCandidates(records(candidates, arm != Arm.REFERENCE))
        .setLatencyMs(latencyMs)
        .setServed(List.of(served))
        .setAssignmentPropensity(1.0 / candidates.rollouts().size())
        .setSlateId(candidates.slateId())
        .build();
  }

  /**
   * A decision to show none of N rollouts.
   *
   * @param arm what the rollouts are for
   */
  Decision engineOnly(String arm, PolicyIdentity identity, int[] prompt, CandidateSet candidates) {
    return sampled(DecisionMode.ENGINE_ONLY, arm, identity, prompt)
        .setCandidates(records(candidates, arm.equals(Arm.ENGINE_ONLY)))
        .setAssignmentPropensity(0)
        .build();
  }

  /**
   * Key under which rollouts of this query are compared.
   *
   * @param prompt prompt of the serving policy; empty when none serves
   * @param lineage lineage of the serving policy; -1 when none serves
   */
  String groupKey(int[] prompt, long lineage) {
    return GroupKey.of(request.context(), prompt, plan.epoch(), lineage);
  }

  private Decision.Builder sampled(
      DecisionMode mode, String arm, PolicyIdentity identity, int[] prompt) {
    return base(mode, arm, prompt, identity.lineage())
        .setPolicyVersion(identity.version())
        .setStep(identity.step());
  }

  private Decision.Builder base(DecisionMode mode, String arm, int[] prompt, long lineage) {
    Decision.Builder decision = Decision.newBuilder();
    plan.log(decision);
    return decision
        .setQueryId(queryId)
        .setClientId(request.clientId())
        .setSessionId(request.sessionId())
        .setQuery(request.query())
        .setLocale(request.locale())
        .setTimestamp(at)
        .setMode(mode)
        .setArm(arm)
        .setLineage(lineage)
        .setAssignedArm(assignment.arm().label())
        .setCandidateVersion(assignment.canaryVersion())
        .setCandidatePercent(assignment.candidate().percent())
        .setArmPropensity(assignment.propensity())
        .setPromptTokens(Packed.ints(prompt))
        .setPromptHash(GroupKey.promptHash(prompt))
        .setGroupKey(groupKey(prompt, lineage))
        .setTemperature(temperature);
  }

  private List<Candidate> records(CandidateSet candidates, boolean trainable) {
    List<Candidate> records = new ArrayList<>(candidates.rollouts().size());
    for (Rollout rollout : candidates.rollouts()) {
      Optional<String> refusal = candidates.refusals().get(records.size());
      records.add(
          Candidate.newBuilder()
              .setRolloutId(candidates.idPrefix(queryId) + '#' + records.size())
              .setRewrite(rollout.rewrite())
              .setTokenIds(Packed.ints(rollout.tokens()))
              .setLogProbs(Packed.floats(rollout.logProbs()))
              .setTrainable(trainable && refusal.isEmpty())
              .setValid(rollout.valid())
              .setRefusedBy(refusal.orElse(""))
              .build());
    }
    return records;
  }

  private Candidate unsampledCandidate(String rewrite) {
    return Candidate.newBuilder()
        .setRolloutId(queryId + "#0")
        .setRewrite(rewrite)
        .setTokenIds(ByteBuffer.allocate(0))
        .setLogProbs(ByteBuffer.allocate(0))
        .setTrainable(false)
        .setValid(true)
        .build();
  }
}
