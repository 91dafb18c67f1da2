package io.searchloop.jobs.health;

/**
 * What promotion needs to know of one record of the release log. Public for Flink's serializers.
 *
 * @param policyVersion its offset
 * @param lineage lineage it was trained in
 * @param step trainer step
 * @param status what it is
 */
public record ReleaseEntry(long policyVersion, long lineage, long step, Status status) {
  /** What a record of the release log is. */
  public enum Status {
    /** A release that can be promoted. */
    RELEASED,
    /** The gate refused it. */
    REFUSED,
    /** Its manifest cannot be read here. */
    UNREADABLE
  }
}
