package io.searchloop.app.bench.freshness;

/** Stages from a click to the first decision of a policy that has learned from it, in order. */
public enum FreshnessStage {
  /** From the click to its record on the topic. */
  INGEST(true),
  /** Until the short window of its impression, and the lateness allowed, have passed. */
  ATTRIBUTION_WAIT(false),
  /** Until the tuple is visible: watermark, reward, checkpoint. */
  REWARD(true),
  /** Until the last tuple of its minibatch is visible: how long others have to click. */
  MINIBATCH_FILL(false),
  /** Until the minibatch is visible: grouping, advantages, checkpoint. */
  PACK(true),
  /** Until the trainer has learned from it, its wait for the trainer included. */
  STEP(true),
  /** Until the last minibatch of the same release is learned: its trainer may be at others. */
  RELEASE_FILL(true),
  /** Until the release passed its gate: checkpoint, export, gate. */
  EXPORT_AND_GATE(true),
  /** Until chunks and manifest are visible. */
  PUBLISH(true),
  /** Until its promotion is visible. */
  PROMOTE(true),
  /** Until the first decision of that version or a later one: fetch, verify, warm up, swap. */
  SWAP(true);

  private final boolean counted;

  FreshnessStage(boolean counted) {
    this.counted = counted;
  }

  /** Whether the machinery takes it; else the window or the traffic asks for the wait. */
  public boolean counted() {
    return counted;
  }
}
