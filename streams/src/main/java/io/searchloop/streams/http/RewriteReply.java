package io.searchloop.streams.http;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import java.util.List;
import java.util.Optional;

/**
 * What was decided for a query, for every answer that has one.
 *
 * @param rewrite the text to search for; the query itself when it is not rewritten, or when several
 *     rewrites share the page
 * @param correction what the spelling checker made of the query, which is searched whatever the
 *     arm; the query itself when it changed nothing
 * @param candidates all that were drawn, the served ones among them; one that a rule of the shop
 *     refuses as the query, which is what it is served as
 */
record RewriteReply(
    String queryId,
    String arm,
    String mode,
    long policyVersion,
    String rewrite,
    String correction,
    List<CandidateReply> candidates) {

  static RewriteReply of(Decision decision, Optional<String> rewrite) {
    return new RewriteReply(
        decision.getQueryId(),
        decision.getArm(),
        decision.getMode().name(),
        decision.getPolicyVersion(),
        rewrite.orElse(decision.getQuery()),
        correction(decision),
        CandidateReply.of(decision));
  }

  private static String correction(Decision decision) {
    return decision.getCorrection().isEmpty() ? decision.getQuery() : decision.getCorrection();
  }

  /** One candidate. */
  record CandidateReply(String rolloutId, String rewrite) {
    static List<CandidateReply> of(Decision decision) {
      return decision.getCandidates().stream()
          .map(candidate -> new CandidateReply(candidate.getRolloutId(), text(candidate, decision)))
          .toList();
    }

    private static String text(Candidate candidate, Decision decision) {
      return candidate.getRefusedBy().isEmpty() ? candidate.getRewrite() : decision.getQuery();
    }
  }
}
