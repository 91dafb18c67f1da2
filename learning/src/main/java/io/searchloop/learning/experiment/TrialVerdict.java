package io.searchloop.learning.experiment;

/** What is to become of a trial now. */
public sealed interface TrialVerdict {
  /** Why, with figures, for the audit log. */
  String why();

  /** Not enough is known yet. */
  record GoOn(String why) implements TrialVerdict {}

  /**
   * The candidate may serve more visitors.
   *
   * @param percent their share; below 100
   */
  record Step(int percent, String why) implements TrialVerdict {}

  /** The candidate may serve everyone. */
  record Promote(String why) implements TrialVerdict {}

  /**
   * The candidate does harm.
   *
   * @param metric by which
   */
  record RollBack(Metric metric, String why) implements TrialVerdict {}

  /** The comparison itself is broken; a person has to look. */
  record Hold(String why) implements TrialVerdict {}
}
