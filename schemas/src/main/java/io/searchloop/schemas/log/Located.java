package io.searchloop.schemas.log;

/**
 * A record and where it stands.
 *
 * @param partition partition
 * @param offset offset
 * @param appendedAtMs Kafka's timestamp of the record, epoch milliseconds
 * @param value the record
 */
public record Located<V>(int partition, long offset, long appendedAtMs, V value) {}
