package io.searchloop.app.launcher;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;

/**
 * What Kafka and the registry must hold before any job, trainer or worker starts. Done again it
 * changes nothing.
 *
 * @param brokers Kafka
 * @param serdes the registry
 */
public record Groundwork(Brokers brokers, Serdes serdes) {
  /**
   * Creates topics that are missing and registers their schemas.
   *
   * @param partitions of the topics that may have more than one
   * @return one sentence per difference between an existing topic and what we need
   */
  public List<String> layTopics(int partitions) {
    try (TopicAdmin admin = new TopicAdmin(brokers, "", partitions)) {
      List<String> differences = admin.ensure(Topics.ALL);
      admin.registerSchemas(serdes.client(), Topics.ALL);
      return differences;
    }
  }

  /**
   * Publishes the catalogue and the first reward configuration, unless they are there.
   *
   * @return every reward configuration admitted so far
   * @throws IllegalStateException when the topics began with another shop or other rewards
   */
  public List<RewardConfig> publish(Dataset dataset, RewardSettings rewards) {
    FirstRecords first = new FirstRecords(brokers, serdes);
    first.publishCatalogue(dataset.name(), dataset.products());
    return first.publishRewardConfig(rewards.toRecord());
  }
}
