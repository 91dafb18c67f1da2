package io.searchloop.app.cli;

import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.control.PolicyHead;

/** What the control log adds up to, for a person. */
final class PolicyWords {
  private PolicyWords() {}

  static String of(PolicyHead head) {
    StringBuilder words =
        new StringBuilder(
            head.activeVersion() < 0
                ? "No version is active"
                : "Version " + head.activeVersion() + " is active");
    words.append(", lineage ").append(head.lineage());
    words.append(head.frozen() ? ", promotions are frozen." : ".");
    words.append(trial(head.candidate()));
    if (head.waitingVersion() >= 0) {
      words.append(" Version ").append(head.waitingVersion()).append(" waits.");
    }
    return words.toString();
  }

  private static String trial(Candidate candidate) {
    return switch (candidate.stage()) {
      case NONE -> "";
      case NAMED -> " Version " + candidate.version() + " is next on trial.";
      case SHADOW -> " Version " + candidate.version() + " is sampled, and served to nobody.";
      case CANARY ->
          " Version %d is on trial with %d %% of visitors."
              .formatted(candidate.version(), candidate.percent());
    };
  }
}
