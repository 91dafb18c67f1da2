package io.searchloop.app.replay;

import io.searchloop.app.audit.AuditReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The audit equation by source topic instead of by partition. */
final class Equation {
  private Equation() {}

  /**
   * Sums the partitions of each topic.
   *
   * @param prefix taken off the topics' names
   */
  static Map<String, Map<String, Long>> byTopic(AuditReport audit, String prefix) {
    Map<String, Map<String, Long>> topics = new TreeMap<>();
    audit
        .partitions()
        .forEach(
            (partition, row) -> {
              String topic = partition.substring(prefix.length(), partition.lastIndexOf('/'));
              Map<String, Long> sums = topics.computeIfAbsent(topic, t -> new LinkedHashMap<>());
              row.forEach((recordClass, count) -> sums.merge(recordClass, count, Long::sum));
            });
    return topics;
  }
}
