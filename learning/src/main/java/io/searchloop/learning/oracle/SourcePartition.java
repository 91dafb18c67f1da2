package io.searchloop.learning.oracle;

/**
 * A partition that records were read from.
 *
 * @param topic topic name
 * @param partition partition number
 */
public record SourcePartition(String topic, int partition) {}
