package io.searchloop.app.privacy;

import io.searchloop.app.privacy.Erasure.State;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.event.EventRules;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes erasures where the visitor's events are, so that the reward job meets them in order, and
 * reads from its ledger when they have been worked off. One thread.
 */
public final class Eraser {
  /** Clocks differ a little. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final InstantSource clock;

  public Eraser(Brokers bootstrapServers, Serdes serdes, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.clock = clock;
  }

  /**
   * Writes one erasure for each name.
   *
   * @throws IllegalStateException when Kafka takes none
   */
  public List<Erasure> erase(Set<String> names) {
    List<Erasure> erasures = new ArrayList<>();
    try (KafkaProducer<String, SearchEvent> producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of(ProducerConfig.CLIENT_ID_CONFIG, "searchloop-privacy")),
            new StringSerializer(),
            serdes.of(Topics.EVENTS).serializer())) {
      for (String name : names) {
        SearchEvent event = event(name);
        RecordMetadata written =
            producer.send(new ProducerRecord<>(Topics.EVENTS.name(), name, event)).get();
        erasures.add(
            new Erasure(
                name, written.partition(), written.offset(), event.getTimestamp(), State.PENDING));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s takes no erasure at %s: %s"
              .formatted(Topics.EVENTS.name(), bootstrapServers, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing erasures", e);
    }
    return erasures;
  }

  /**
   * Waits until a checkpoint of the reward job lies behind all of them.
   *
   * @return them with what became of them in time
   */
  public List<Erasure> await(List<Erasure> written, Duration patience) {
    Instant deadline = clock.instant().plus(patience);
    List<Erasure> erasures = new ArrayList<>(written);
    Instant since = clock.instant().minus(SLACK);
    long behindAll = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    try (TopicLog<Ledger> log = new TopicLog<>(Topics.LEDGER, bootstrapServers, serdes)) {
      TopicLog<Ledger> ledgers = log.since(since);
      // A checkpoint later, so that the dead letters of the one behind all have been committed.
      while (newest <= behindAll && clock.instant().isBefore(deadline)) {
        for (Located<Ledger> ledger : ledgers.next()) {
          erasures.replaceAll(
              erasure -> passed(ledger.value(), erasure) ? erasure.becoming(State.DONE) : erasure);
          if (ledger.value().getJob().equals(RewardJob.NAME)) {
            newest = Math.max(newest, ledger.value().getCheckpointId());
          }
        }
        boolean done = erasures.stream().allMatch(erasure -> erasure.state() == State.DONE);
        behindAll = done ? Math.min(behindAll, newest) : Long.MAX_VALUE;
      }
    }
    markRefused(erasures, since);
    return erasures;
  }

  private SearchEvent event(String name) {
    return SearchEvent.newBuilder()
        .setEventId("erase-" + UUID.randomUUID())
        .setClientId(name)
        .setActionName(EventRules.ERASE)
        .setTimestamp(clock.instant())
        .build();
  }

  private static boolean passed(Ledger ledger, Erasure erasure) {
    return ledger.getJob().equals(RewardJob.NAME)
        && ledger.getTopic().equals(Topics.EVENTS.name())
        && ledger.getPartition() == erasure.partition()
        && ledger.getNextOffset() > erasure.offset()
        && ledger.getWatermark() >= erasure.at().toEpochMilli();
  }

  /** A late one is a dead letter, and the ledger passes it all the same. */
  private void markRefused(List<Erasure> erasures, Instant since) {
    try (TopicLog<DeadLetter> letters =
        new TopicLog<>(Topics.DEAD_LETTERS, bootstrapServers, serdes, undecodable -> {})) {
      letters
          .since(since)
          .toEnd(
              at ->
                  erasures.replaceAll(
                      erasure ->
                          refuses(at.value(), erasure)
                              ? erasure.becoming(State.REFUSED)
                              : erasure));
    }
  }

  private static boolean refuses(DeadLetter letter, Erasure erasure) {
    return letter.getTopic().equals(Topics.EVENTS.name())
        && letter.getPartition() == erasure.partition()
        && letter.getOffset() == erasure.offset();
  }
}
