package io.searchloop.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record that the reward job reads: the first byte says whether it is an event, a decision or a
 * reward configuration. Whatever it is, it is used or becomes a dead letter that keeps its bytes;
 * nothing is thrown, for that would stop the job at this record for ever.
 */
class IntakeFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final MockSchemaRegistryClient REGISTRY = new MockSchemaRegistryClient();
  private static final AvroSerde<SearchEvent> EVENTS =
      new AvroSerde<>(Topics.EVENTS, REGISTRY, true);
  private static final AvroSerde<Decision> DECISIONS =
      new AvroSerde<>(Topics.DECISIONS, REGISTRY, true);
  private static final AvroSerde<RewardConfig> CONFIGS =
      new AvroSerde<>(Topics.REWARD_CONFIG, REGISTRY, true);
  private static final AvroSerde<DeadLetter> LETTERS =
      new AvroSerde<>(Topics.DEAD_LETTERS, REGISTRY, true);
  private static final List<RecordDecoder<?>> DECODERS =
      List.of(
          RecordDecoder.ofEvents(EVENTS::deserialize),
          RecordDecoder.ofDecisions(DECISIONS::deserialize),
          RecordDecoder.ofConfigs(CONFIGS::deserialize));

  static Stream<byte[]> seeds() {
    return Stream.of(
        seed(0, EVENTS.encode(event("click").build())),
        seed(0, EVENTS.encode(event("impression").setPage(List.of("p1", "p2")).build())),
        seed(
            0,
            EVENTS.encode(
                event("purchase")
                    .setOrderId("o")
                    .setOrderLine(1)
                    .setQuantity(2)
                    .setMinorUnits(1999)
                    .setCurrency("EUR")
                    .build())),
        seed(1, DECISIONS.encode(decision(DecisionMode.ASSIGNED))),
        seed(1, DECISIONS.encode(decision(DecisionMode.MULTILEAVED))),
        seed(1, DECISIONS.encode(decision(DecisionMode.HOLDOUT))),
        seed(2, CONFIGS.encode(RewardConfig.newBuilder().setEffectiveFrom(NOW).build())),
        seed(
            2,
            CONFIGS.encode(
                RewardConfig.newBuilder()
                    .setEffectiveFrom(NOW)
                    .setExamination(List.of(1.0, .5))
                    .build())));
  }

  @MethodSource("seeds")
  @FuzzTest
  void usesOrBuries(byte[] input) throws Exception {
    if (input.length > 0) {
      byte[] value = Arrays.copyOfRange(input, 1, input.length);
      Bounds.within(input.length, () -> check((input[0] & 0xff) % DECODERS.size(), value));
    }
  }

  private static void check(int kind, byte[] value) {
    RawRecord raw = new RawRecord("topic", 1, 7, NOW.toEpochMilli(), new byte[] {1}, value);
    SourceRecord record = DECODERS.get(kind).decode(raw);
    DeadLetter refused = record.refused();
    if (refused != null) {
      assertThat(refused.getDetail()).startsWith("topic-1@7: ").hasSizeLessThan(2_000);
      assertThat(refused.getPayload()).isEqualTo(ByteBuffer.wrap(value));
      assertThat(LETTERS.deserialize(LETTERS.encode(refused))).isEqualTo(refused);
      return;
    }
    assertThat(record.value()).isEqualTo(value);
    WaitingRecord waiting = WaitingRecord.unpack(ByteBuffer.wrap(WaitingRecord.of(record).pack()));
    assertThat(waiting.facts()).isEqualTo(record.facts());
    if (record.kind() == SourceRecord.Kind.EVENT) {
      SearchEvent event = EVENTS.deserialize(value);
      assertThat(ShopperEvent.unpack(waiting.facts())).isEqualTo(ShopperEvent.of(event));
    } else if (record.kind() == SourceRecord.Kind.DECISION) {
      assertThat(new DecidedSearch().unpack(waiting.facts())).isNotNull();
    }
  }

  private static SearchEvent.Builder event(String action) {
    return SearchEvent.newBuilder()
        .setActionName(action)
        .setClientId("c")
        .setQueryId("q")
        .setObjectId("p")
        .setPositionOrdinal(1)
        .setTimestamp(NOW);
  }

  private static Decision decision(DecisionMode mode) {
    return Decision.newBuilder()
        .setQueryId("q")
        .setClientId("c")
        .setQuery("sofa")
        .setMode(mode)
        .setTimestamp(NOW)
        .setCandidates(
            List.of(
                Candidate.newBuilder().setRolloutId("q#0").setRewrite("couch").build(),
                Candidate.newBuilder().setRolloutId("q#1").build()))
        .setServed(List.of(0))
        .build();
  }

  private static byte[] seed(int kind, byte[] value) {
    byte[] seed = new byte[value.length + 1];
    seed[0] = (byte) kind;
    System.arraycopy(value, 0, seed, 1, value.length);
    return seed;
  }
}
