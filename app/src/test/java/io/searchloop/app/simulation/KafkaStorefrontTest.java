package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaStorefrontTest {
  private final FakeStorefront other = new FakeStorefront(text -> List.of("p1"));
  private final AvroSerde<SearchEvent> serde =
      new AvroSerde<>(Topics.EVENTS, new MockSchemaRegistryClient(), true);
  private final MockProducer<String, SearchEvent> producer =
      new MockProducer<>(true, null, new StringSerializer(), serde.serializer());
  private final KafkaStorefront shop =
      new KafkaStorefront(other, producer, Topics.EVENTS.name(), UnaryOperator.identity());
  private final List<SearchEvent> events =
      IntStream.range(0, 400).mapToObj(i -> event("v" + i % 100, "e" + i)).toList();

  @Test
  void sendsHalfOfTheVisitorsToKafkaKeyedByVisitor() {
    shop.send(events);

    assertThat(producer.history())
        .hasSizeBetween(120, 280)
        .allSatisfy(
            record -> {
              assertThat(record.topic()).isEqualTo("search.events.v1");
              assertThat(record.key()).isEqualTo(record.value().getClientId());
            });
    assertThat(producer.history().size() + (int) other.events().count()).isEqualTo(400);
  }

  @Test
  void keepsEachVisitorToOneDoor() {
    shop.send(events);

    Set<String> throughKafka =
        producer.history().stream().map(ProducerRecord::key).collect(Collectors.toSet());
    assertThat(other.events().map(SearchEvent::getClientId)).noneMatch(throughKafka::contains);
  }

  @Test
  void producesNothingWhileTheOtherDoorFails() {
    other.setDown(true);

    assertThatThrownBy(() -> shop.send(events)).isInstanceOf(StorefrontException.class);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void callsKafkaFailuresWorthARetry() {
    producer.sendException = new TimeoutException("no broker");

    assertThatThrownBy(() -> shop.send(events))
        .isInstanceOfSatisfying(StorefrontException.class, e -> assertThat(e.retryable()).isTrue());
  }

  @Test
  void countsEventsTheProducerGivesUpOn() {
    MockProducer<String, SearchEvent> manual =
        new MockProducer<>(false, null, new StringSerializer(), serde.serializer());
    KafkaStorefront lossy =
        new KafkaStorefront(other, manual, Topics.EVENTS.name(), UnaryOperator.identity());
    lossy.send(events);

    manual.errorNext(new TimeoutException("expired"));

    assertThat(lossy.undelivered()).isEqualTo(1);
  }

  @Test
  void searchesThroughTheOtherDoor() {
    assertThat(shop.search("sofa", "v1", "s1").products()).containsExactly("p1");
  }

  private static SearchEvent event(String visitor, String id) {
    return SearchEvent.newBuilder()
        .setEventId(id)
        .setClientId(visitor)
        .setActionName("click")
        .setTimestamp(Instant.EPOCH)
        .build();
  }
}
