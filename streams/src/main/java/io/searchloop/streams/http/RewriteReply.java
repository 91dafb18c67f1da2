package io.searchloop.streams.http;

import io.searchloop.schemas.Decision;
import io.searchloop.streams.decision.Choice;
import java.util.List;

/**
 * Answer of {@code POST /v1/rewrite}.
 *
 * @param rewrite the text to search for; the query itself when it is not rewritten
 * @param candidates all that were drawn, the served one among them
 */
record RewriteReply(
    String queryId,
    String arm,
    String mode,
    long policyVersion,
    String rewrite,
    List<CandidateReply> candidates) {

  static RewriteReply of(Choice choice) {
    Decision decision = choice.decision();
    return new RewriteReply(
        decision.getQueryId(),
        decision.getArm(),
        decision.getMode().name(),
        decision.getPolicyVersion(),
        choice.rewrite().orElse(decision.getQuery()),
        CandidateReply.of(decision));
  }

  /** One candidate. */
  record CandidateReply(String rolloutId, String rewrite) {
    static List<CandidateReply> of(Decision decision) {
      return decision.getCandidates().stream()
          .map(candidate -> new CandidateReply(candidate.getRolloutId(), candidate.getRewrite()))
          .toList();
    }
  }
}
