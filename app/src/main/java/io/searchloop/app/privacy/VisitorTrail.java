package io.searchloop.app.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What the topics hold of a visitor.
 *
 * @param names those of the visitor's names that records carry
 * @param searches decisions
 * @param events what the visitor did, earlier erasures not counted
 * @param deadLetters unusable records that carry a name
 * @param tuples what the searches earned; they carry the query's text and no name
 * @param minibatches those that hold rollouts of the searches
 * @param sharedRollouts whether some rollouts are of slates, which searches of others share: then
 *     {@code minibatches} may name some that learned from others alone
 * @param lastSeen the last of the visitor's records on each topic that has any
 */
public record VisitorTrail(
    Set<String> names,
    long searches,
    long events,
    long deadLetters,
    long tuples,
    List<LearnedFrom> minibatches,
    boolean sharedRollouts,
    List<LastRecord> lastSeen) {

  public VisitorTrail {
    names = Set.copyOf(names);
    minibatches = List.copyOf(minibatches);
    lastSeen = List.copyOf(lastSeen);
  }

  /**
   * A minibatch.
   *
   * @param lineage of every rollout in it
   */
  public record LearnedFrom(long offset, long lineage) {}

  /**
   * The last record about a visitor.
   *
   * @param appendedAt when Kafka took it
   */
  public record LastRecord(String topic, Instant appendedAt) {}

  /** Whether there is anything that names the visitor. */
  public boolean known() {
    return !names.isEmpty();
  }
}
