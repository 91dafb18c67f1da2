package io.searchloop.app.privacy;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Topics under another prefix: replays and mirrors hold records of shoppers too, and an erasure
 * reads none of them.
 */
final class Copies {
  private static final List<Topic<?>> PERSONAL =
      List.of(
          Topics.DECISIONS, Topics.EVENTS, Topics.DEAD_LETTERS, Topics.REWARDS, Topics.MINIBATCHES);

  private Copies() {}

  /** Prefixes under which there are copies, sorted, each with the dot it ends with. */
  static List<String> on(Brokers brokers) {
    try (Admin admin = Admin.create(brokers.with(Map.of()))) {
      return prefixes(admin.listTopics().names().get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot list topics at " + brokers + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while listing topics", e);
    }
  }

  static List<String> prefixes(Collection<String> topics) {
    return topics.stream()
        .flatMap(
            name ->
                PERSONAL.stream()
                    .filter(topic -> name.endsWith("." + topic.name()))
                    .map(topic -> name.substring(0, name.length() - topic.name().length())))
        .distinct()
        .sorted()
        .toList();
  }
}
