package io.searchloop.app.bench.attribution;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** What runs have written, thrown away so that the next one finds as much room as the first. */
final class OutputTopics implements AutoCloseable {
  private static final List<Topic<?>> OUTPUTS =
      List.of(Topics.REWARDS, Topics.DEAD_LETTERS, Topics.LEDGER);

  private final Admin admin;

  OutputTopics(Brokers bootstrapServers) {
    this.admin = Admin.create(bootstrapServers.with(Map.of()));
  }

  void empty(String prefix) {
    List<String> topics = OUTPUTS.stream().map(topic -> topic.prefixed(prefix).name()).toList();
    try {
      Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
      for (TopicPartition partition : partitions(topics)) {
        everything.put(partition, RecordsToDelete.beforeOffset(-1));
      }
      admin.deleteRecords(everything).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot empty " + topics + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while emptying " + topics, e);
    }
  }

  private List<TopicPartition> partitions(List<String> topics)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    return partitions;
  }

  @Override
  public void close() {
    admin.close();
  }
}
