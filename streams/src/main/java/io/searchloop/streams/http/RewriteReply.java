package io.searchloop.streams.http;

import io.searchloop.schemas.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code POST /v1/rewrite}.
 *
 * @param rewrite the text to search for; the query itself when it is not rewritten, or when several
 *     rewrites share the page
 * @param candidates all that were drawn, the served ones among them
 */
record RewriteReply(
    String queryId,
    String arm,
    String mode,
    long policyVersion,
    String rewrite,
    List<CandidateReply> candidates) {

  static RewriteReply of(Decision decision, Optional<String> rewrite) {
    return new RewriteReply(
        decision.getQueryId(),
        decision.getArm(),
        decision.getMode().name(),
        decision.getPolicyVersion(),
        rewrite.orElse(decision.getQuery()),
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
