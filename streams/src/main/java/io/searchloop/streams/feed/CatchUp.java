package io.searchloop.streams.feed;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Whether a consumer has passed the records that existed when it began. */
final class CatchUp {
  private final List<TopicPartition> partitions;
  private @Nullable Map<TopicPartition, Long> ends;
  private boolean reached;

  CatchUp(List<TopicPartition> partitions) {
    this.partitions = List.copyOf(partitions);
  }

  boolean reached(Consumer<?, ?> consumer) {
    if (!reached) {
      if (ends == null) {
        ends = consumer.endOffsets(partitions);
      }
      reached =
          ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
    }
    return reached;
  }
}
