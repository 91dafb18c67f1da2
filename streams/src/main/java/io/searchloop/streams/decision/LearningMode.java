package io.searchloop.streams.decision;

/** How a request of the policy arm is learnt from. */
public enum LearningMode {
  /** One rollout's list is shown; rollouts are compared across visitors. */
  ASSIGNED,
  /** The lists of all rollouts are merged into one page; rollouts are compared within it. */
  MULTILEAVED,
  /** No rollout is shown; the engine judges all of them. */
  ENGINE_ONLY
}
