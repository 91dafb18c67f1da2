package io.searchloop.app.cli;

import io.searchloop.app.privacy.Erasure;
import io.searchloop.app.privacy.ErasureReport;
import io.searchloop.app.privacy.Expiry;
import io.searchloop.app.privacy.TaughtVersions;
import io.searchloop.app.privacy.VisitorTrail;
import java.util.ArrayList;
import java.util.List;

/** An erasure's report for a person. */
final class ErasureWords {
  private ErasureWords() {}

  static List<String> lines(ErasureReport report) {
    List<String> lines = new ArrayList<>();
    VisitorTrail trail = report.trail();
    if (!trail.known()) {
      lines.add(
          "No decision or event names this visitor; nothing was erased. Name the file of keys with"
              + " --pseudonym-keys where workers have one.");
      if (trail.deadLetters() == 0) {
        return lines;
      }
    }
    lines.add(
        "Found: %d searches, %d events, %d dead letters under %d names."
            .formatted(
                trail.searches(), trail.events(), trail.deadLetters(), trail.names().size()));
    report.erasures().forEach(erasure -> lines.add(line(erasure)));
    report.expiries().forEach(expiry -> lines.add(line(expiry)));
    report.copies().forEach(prefix -> lines.add(copy(prefix)));
    learned(lines, trail, report.taught());
    return lines;
  }

  private static String line(Erasure erasure) {
    String where = "Erasure at partition %d@%d ".formatted(erasure.partition(), erasure.offset());
    return where
        + switch (erasure.state()) {
          case DONE -> "is done: a checkpoint of the reward job no longer has the visitor.";
          case PENDING ->
              "is pending: event time has not passed %s in a checkpoint. It moves with traffic; look again with --dry-run or the audit."
                  .formatted(erasure.at());
          case REFUSED ->
              "was refused, see the dead letters: is this machine's clock slow? Correct it and erase again.";
        };
  }

  private static String line(Expiry expiry) {
    return "%s: last record of %s, %s"
        .formatted(
            expiry.topic(),
            expiry.lastRecord(),
            expiry.goneBy() == null
                ? "kept for ever as the topic is set"
                : "gone by " + expiry.goneBy());
  }

  private static String copy(String prefix) {
    return "%s*: a replay's or a mirror's copy, not searched. Delete it: kafka-topics.sh --delete --topic '%s.*'"
        .formatted(prefix, prefix.replace(".", "\\."));
  }

  private static void learned(List<String> lines, VisitorTrail trail, TaughtVersions taught) {
    lines.add(
        "Learned from the visitor: %d tuples, %d minibatches%s."
            .formatted(
                trail.tuples(),
                trail.minibatches().size(),
                trail.sharedRollouts()
                    ? " (at most: some rollouts are of slates, which others were shown too)"
                    : ""));
    lines.add("Versions trained on them: " + taught.directly());
    lines.add("Versions trained from those: " + taught.descended());
    if (!taught.pending().isEmpty()) {
      lines.add("Minibatches the trainer has not released yet: " + taught.pending());
    }
    if (taught.rollbackTo() >= 0) {
      lines.add(
          "Version %d, which is served, learned from the visitor. To go on from the newest before that, and learn again without:"
              .formatted(taught.serving()));
      lines.add("  ./searchloop policy rollback --to-offset " + taught.rollbackTo());
    } else if (taught.servingLearned()) {
      lines.add(
          "Version %d, which is served, learned from the visitor, and no version before that is left. Begin with a policy of judgments: ./searchloop policy import --help"
              .formatted(taught.serving()));
    } else {
      lines.add("What is served did not learn from the visitor.");
    }
  }
}
