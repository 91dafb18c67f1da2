package io.searchloop.app.cli;

import io.searchloop.app.replay.LearningCounts;
import io.searchloop.app.replay.Readmission;
import io.searchloop.app.replay.ReplayReport;
import io.searchloop.app.replay.TupleCounts;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A replay's report for a person. */
final class ReplaySummary {
  private ReplaySummary() {}

  static void print(PrintStream out, ReplayReport report) {
    out.println();
    report.labels().forEach(out::println);
    out.println("Input:    " + line(report.input()));
    out.println("Sent:     " + line(report.sent()));
    report.equation().forEach((topic, row) -> out.println("Equation: " + topic + ": " + line(row)));
    tuples(out, report.tuples(), report.tuplesExpected());
    learning(out, report.learning());
    Readmission readmission = report.readmission();
    if (readmission != null) {
      readmission(out, readmission);
    }
    out.println("Seconds:  " + line(report.seconds()));
    report.violations().forEach(violation -> out.println("VIOLATION: " + violation));
    out.println(
        report.clean()
            ? "Clean: every record accounted for, every tuple as the oracle expects."
            : report.violations().size() + " violations.");
  }

  private static void tuples(PrintStream out, TupleCounts tuples, long expected) {
    out.printf(
        Locale.ROOT,
        "Tuples:   %d base, %d corrections (the oracle expects %d in all); %d trainable; reward %.2f,"
            + " of it taken back %.2f%n",
        tuples.base(),
        tuples.corrections(),
        expected,
        tuples.trainable(),
        tuples.reward(),
        tuples.takenBack());
  }

  private static void learning(PrintStream out, LearningCounts learning) {
    out.printf(
        Locale.ROOT,
        "Learning: %d groups (besides %d flat), %d pairs, %d corrections in %d minibatches%n",
        learning.groups(),
        learning.flatGroups(),
        learning.pairs(),
        learning.corrections(),
        learning.minibatches());
  }

  private static void readmission(PrintStream out, Readmission readmission) {
    out.println("Readmitted by former reason: " + line(readmission.readmitted()));
    out.println("Refused by reason found now: " + line(readmission.refused()));
    TupleCounts live = readmission.live();
    out.printf(
        Locale.ROOT,
        "Live:     %d base, %d corrections, reward %.2f%n",
        live.base(),
        live.corrections(),
        live.reward());
    gain(out, "visitors with readmitted records", readmission.ofReadmittedVisitors());
    gain(out, "others, whose windows the replay closed", readmission.ofOthers());
  }

  private static void gain(PrintStream out, String whose, Readmission.Gain gain) {
    out.printf(
        Locale.ROOT,
        "Gained by %s: %d rollouts new, %d changed, reward %+.2f%n",
        whose,
        gain.newRollouts(),
        gain.changedRollouts(),
        gain.reward());
  }

  private static String line(Map<String, ? extends Number> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
