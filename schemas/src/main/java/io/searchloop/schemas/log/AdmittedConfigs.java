package io.searchloop.schemas.log;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The reward configurations that are or were to be in force: what the topic holds, less what the
 * reward job refused.
 */
public final class AdmittedConfigs {
  private AdmittedConfigs() {}

  /** Reads them, in the order written; one written twice in the same words is one. */
  public static List<RewardConfig> read(Brokers bootstrapServers, Serdes serdes) {
    Set<Long> refused = new HashSet<>();
    for (Located<DeadLetter> letter :
        TopicLog.readAll(Topics.DEAD_LETTERS, bootstrapServers, serdes)) {
      if (letter.value().getTopic().equals(Topics.REWARD_CONFIG.name())) {
        refused.add(letter.value().getOffset());
      }
    }
    return TopicLog.readAll(Topics.REWARD_CONFIG, bootstrapServers, serdes).stream()
        .filter(config -> !refused.contains(config.offset()))
        .map(Located::value)
        .distinct()
        .toList();
  }
}
