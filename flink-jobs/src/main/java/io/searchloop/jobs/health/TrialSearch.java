package io.searchloop.jobs.health;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import java.util.List;

/**
 * What a trial needs to know of one search. The arm is the one the visitor was assigned to: a
 * candidate that fails and leaves shoppers with the query unrewritten has done them that harm.
 * Public for Flink's serializers.
 *
 * @param queryId the search
 * @param visitor who searched
 * @param candidateVersion release on trial; -1 when the search belongs to none
 * @param percent share of visitors that were assigned to it
 * @param candidate whether this visitor was
 * @param time when the worker decided, epoch milliseconds
 * @param nullResult whether the page was empty
 * @param latencyMs time to the decision; -1 when not measured
 * @param rewriteLength characters of what was searched
 * @param reward what the search earned; 0 until joined
 * @param abandoned whether the shopper did nothing after it; true until joined
 */
public record TrialSearch(
    String queryId,
    String visitor,
    long candidateVersion,
    int percent,
    boolean candidate,
    long time,
    boolean nullResult,
    double latencyMs,
    int rewriteLength,
    double reward,
    boolean abandoned) {
  private static final String CANDIDATE = "canary";
  private static final String CONTROL = "policy";
  private static final int ALL = 100;

  /** A search of no trial, which still tells the time. */
  public static TrialSearch none(long time) {
    return new TrialSearch("", "", -1, 0, false, time, false, -1, 0, 0, true);
  }

  /** What a decision says; {@link #none} unless both arms of a trial were served. */
  public static TrialSearch of(Decision decision) {
    long time = decision.getTimestamp().toEpochMilli();
    boolean candidate = decision.getAssignedArm().equals(CANDIDATE);
    boolean compared =
        decision.getCandidateVersion() >= 0
            && decision.getCandidatePercent() >= 1
            && decision.getCandidatePercent() < ALL
            && decision.getMode() != DecisionMode.ENGINE_ONLY
            && (candidate || decision.getAssignedArm().equals(CONTROL));
    if (!compared) {
      return none(time);
    }
    return new TrialSearch(
        decision.getQueryId(),
        decision.getClientId().isEmpty() ? decision.getSessionId() : decision.getClientId(),
        decision.getCandidateVersion(),
        decision.getCandidatePercent(),
        candidate,
        time,
        decision.getPage().isEmpty(),
        decision.getLatencyMs(),
        length(decision),
        0,
        true);
  }

  private static int length(Decision decision) {
    List<Integer> served = decision.getServed();
    List<Candidate> candidates = decision.getCandidates();
    return served.isEmpty() || served.get(0) >= candidates.size()
        ? decision.getQuery().length()
        : candidates.get(served.get(0)).getRewrite().length();
  }

  boolean compared() {
    return candidateVersion >= 0;
  }

  /** With what it earned. */
  TrialSearch earned(double earned, boolean nothingDone) {
    return new TrialSearch(
        queryId,
        visitor,
        candidateVersion,
        percent,
        candidate,
        time,
        nullResult,
        latencyMs,
        rewriteLength,
        earned,
        nothingDone);
  }
}
