package io.searchloop.trainer.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaMinibatchSourceTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.MINIBATCHES.name(), 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final AvroSerde<Minibatch> serde =
      new AvroSerde<>(
          Topics.MINIBATCHES,
          new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())),
          true);
  private final KafkaMinibatchSource source =
      new KafkaMinibatchSource(consumer, Topics.MINIBATCHES, serde);

  @Test
  void givesOneMinibatchAtATimeInOrderFromTheOffsetAskedFor() {
    source.seek(3);
    add(3, serde.encode(minibatch(MinibatchKind.GROUPS)));
    add(5, serde.encode(minibatch(MinibatchKind.PAIRS)));

    ReceivedMinibatch first = poll().orElseThrow();
    ReceivedMinibatch second = poll().orElseThrow();

    assertThat(first.offset()).isEqualTo(3);
    assertThat(first.minibatch()).isEqualTo(minibatch(MinibatchKind.GROUPS));
    assertThat(second.offset()).isEqualTo(5);
    assertThat(poll()).isEmpty();
  }

  @Test
  void handsOnUndecodableBytesAsSuch() {
    source.seek(0);
    add(0, new byte[] {1, 2, 3});

    assertThat(poll()).contains(new ReceivedMinibatch(0, null));
  }

  @Test
  void knowsTheOffsetThatReleasesCommitted() {
    assertThat(source.committed()).isEmpty();

    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(12)));

    assertThat(source.committed()).hasValue(12);
  }

  @Test
  void stopsRatherThanSkipWhatTheTopicNoLongerHolds() {
    source.seek(3);
    consumer.updateBeginningOffsets(Map.of(PARTITION, 5L));
    add(5, serde.encode(minibatch(MinibatchKind.GROUPS)));

    assertThatThrownBy(this::poll)
        .hasMessageContaining("Minibatch 3 is next")
        .hasMessageContaining("new data directory");
  }

  @Test
  void endsAWaitWhenWoken() {
    source.seek(0);
    source.wakeup();

    assertThat(poll()).isEmpty();
  }

  private Optional<ReceivedMinibatch> poll() {
    return source.poll(Duration.ZERO);
  }

  private void add(long offset, byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, null, value));
  }

  private static Minibatch minibatch(MinibatchKind kind) {
    return Minibatch.newBuilder().setKind(kind).setCreatedAt(Instant.EPOCH).build();
  }
}
