package io.searchloop.app.console.view;

import io.searchloop.policy.control.PolicyHead;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Every release and refusal, and every decision about them.
 *
 * @param head what the decisions add up to
 * @param releases the newest last
 * @param decisions the newest last
 * @param omitted older releases that are not listed
 */
public record PolicyTimeline(
    PolicyHead head,
    List<TimelineRelease> releases,
    List<TimelineDecision> decisions,
    int omitted) {
  /** Copies the lists. */
  public PolicyTimeline {
    releases = List.copyOf(releases);
    decisions = List.copyOf(decisions);
  }

  /**
   * A release or a refusal.
   *
   * @param version policy version: its offset
   * @param refused why the gate refused it; empty for a release
   * @param form keyframe, or delta with its base
   * @param trainedMinibatches minibatches that changed its weights
   * @param refusedMinibatches minibatches that did not, by reason
   * @param gate figures of the release gate
   * @param config settings it was trained with
   * @param reward per search that it served, as far as the console has read
   */
  public record TimelineRelease(
      long version,
      String releaseId,
      String refused,
      Instant committedAt,
      long parent,
      long lineage,
      long step,
      String origin,
      String codeVersion,
      String form,
      long bytes,
      long fromMinibatch,
      long toMinibatch,
      long trainedMinibatches,
      Map<String, Long> refusedMinibatches,
      Map<String, Double> gate,
      Map<String, String> config,
      MeanFigures reward) {}

  /**
   * A record of the control log.
   *
   * @param version release acted on; -1 for none
   * @param percent share of visitors; 0 for none
   * @param automatic whether the loop decided it by itself
   * @param effective whether it changed the head
   * @param reason why not; empty when it did
   */
  public record TimelineDecision(
      long offset,
      Instant at,
      String action,
      long version,
      int percent,
      String who,
      String why,
      long expectedHead,
      boolean automatic,
      boolean effective,
      String reason) {}
}
