package io.searchloop.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordDecoderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SearchEvent CLICK =
      SearchEvent.newBuilder()
          .setActionName("click")
          .setClientId("c")
          .setQueryId("q")
          .setObjectId("p")
          .setTimestamp(NOW)
          .build();

  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
  private final AvroSerde<SearchEvent> events = new AvroSerde<>(Topics.EVENTS, registry, true);
  private final AvroSerde<Decision> decisions = new AvroSerde<>(Topics.DECISIONS, registry, true);
  private final AvroSerde<RewardConfig> configs =
      new AvroSerde<>(Topics.REWARD_CONFIG, registry, true);

  @Test
  void acceptsAUsableEventWithItsOwnTimestamp() {
    byte[] value = events.encode(CLICK);
    SourceRecord record = decode(value);

    assertThat(record.value()).isEqualTo(value);
    assertThat(record.kind()).isEqualTo(SourceRecord.Kind.EVENT);
    assertThat(record.visitor()).isEqualTo(VisitorId.of("c"));
    WaitingRecord waiting = WaitingRecord.unpack(ByteBuffer.wrap(WaitingRecord.of(record).pack()));
    assertThat(waiting.offset()).isEqualTo(7);
    assertThat(waiting.eventTime()).isEqualTo(NOW.toEpochMilli());
    assertThat(ShopperEvent.unpack(waiting.facts())).isEqualTo(ShopperEvent.of(CLICK));
    assertThat(record.eventTime()).isEqualTo(NOW.toEpochMilli());
    assertThat(record.refused()).isNull();
  }

  static Stream<Arguments> unusableEvents() {
    return Stream.of(
        unusable(DeadLetterReason.NO_VISITOR, click().setClientId(""), "session_id"),
        unusable(DeadLetterReason.UNKNOWN_ACTION, click().setActionName("hover"), "'hover'"),
        unusable(DeadLetterReason.MISSING_FIELD, click().setQueryId(""), "query_id"),
        unusable(DeadLetterReason.MISSING_FIELD, click().setObjectId(""), "object_id"),
        unusable(DeadLetterReason.MISSING_FIELD, click().setActionName("purchase"), "order_id"),
        unusable(DeadLetterReason.MISSING_FIELD, click().setActionName("refund"), "order_id"),
        unusable(
            DeadLetterReason.MISSING_FIELD,
            click().setActionName("impression").setQueryId(""),
            "query_id"),
        unusable(DeadLetterReason.INVALID_FIELD, click().setTimestamp(Instant.EPOCH), "timestamp"),
        unusable(DeadLetterReason.INVALID_FIELD, click().setQuantity(-1), "`quantity` is -1"),
        unusable(DeadLetterReason.FUTURE, click().setTimestamp(NOW.plusSeconds(3601)), "PT1H"));
  }

  @ParameterizedTest
  @MethodSource("unusableEvents")
  void refusesWhatCannotBeAttributed(DeadLetterReason reason, SearchEvent event, String named) {
    byte[] value = events.encode(event);

    DeadLetter letter = decode(value).refused();

    assertThat(letter.getReason()).isEqualTo(reason);
    assertThat(letter.getDetail()).startsWith("search.events.v1-1@7: ").contains(named, "expected");
    assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(letter.getRecordKey()).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
    assertThat(letter.getOffset()).isEqualTo(7);
  }

  @Test
  void refusesBytesThatAreNoRecord() {
    assertThat(decode(new byte[] {5, 4, 3, 2, 1, 0}).refused().getReason())
        .isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(decode(new byte[300 * 1024]).refused().getReason())
        .isEqualTo(DeadLetterReason.OVERSIZED);
    assertThat(decode(null).refused().getReason()).isEqualTo(DeadLetterReason.MALFORMED);
  }

  @Test
  void refusesAMultileavedPageThatCannotBeCredited() {
    Decision decision =
        Decision.newBuilder()
            .setQueryId("q")
            .setClientId("c")
            .setTimestamp(NOW)
            .setMode(DecisionMode.MULTILEAVED)
            .setPage(List.of("p"))
            .setCandidates(List.of(Candidate.newBuilder().setRolloutId("q#0").build()))
            .build();
    RecordDecoder<Decision> decoder = RecordDecoder.ofDecisions(decisions::deserialize);

    DeadLetter letter = decoder.decode(raw(decisions.encode(decision))).refused();

    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.INVALID_FIELD);
    assertThat(letter.getDetail()).contains("ranks of candidate 0");
  }

  @Test
  void letsAFastClockMoveEventTimeOnlyAsFarAsTheBrokers() {
    SearchEvent ahead = click().setTimestamp(NOW.plusSeconds(60)).build();

    SourceRecord record = decode(events.encode(ahead));

    assertThat(record.eventTime()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    assertThat(record.progress()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void refusesAConfigurationThatCannotPrice() {
    RewardConfig config = RewardConfig.newBuilder().setShortWindowMs(10).setLongWindowMs(5).build();
    RecordDecoder<RewardConfig> decoder = RecordDecoder.ofConfigs(configs::deserialize);

    assertThat(decoder.decode(raw(configs.encode(config))).refused().getDetail())
        .contains("short window is 10 ms");
    RewardConfig negative = RewardConfig.newBuilder().setVisitorCap(-1).build();
    assertThat(decoder.decode(raw(configs.encode(negative))).refused().getReason())
        .isEqualTo(DeadLetterReason.INVALID_FIELD);
    RewardConfig endless = RewardConfig.newBuilder().setLongWindowMs(Long.MAX_VALUE).build();
    assertThat(decoder.decode(raw(configs.encode(endless))).refused().getDetail())
        .contains("long_window_ms is 9223372036854775807");
    RewardConfig unclear = RewardConfig.newBuilder().setEngineSize(Double.NaN).build();
    assertThat(decoder.decode(raw(configs.encode(unclear))).refused().getDetail())
        .contains("of the engine reward is no number");
    assertThat(decoder.decode(raw(configs.encode(RewardConfig.newBuilder().build()))).refused())
        .isNull();
  }

  @Test
  void movesNoWatermarkWithARefusedRecord() {
    assertThat(decode(new byte[] {5}).eventTime()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void letsAnUnreachableRegistryRestartTheJob() {
    RecordDecoder<SearchEvent> decoder =
        RecordDecoder.ofEvents(
            bytes -> {
              throw new UncheckedIOException(new IOException("registry down"));
            });

    assertThatThrownBy(() -> decoder.decode(raw(new byte[] {0, 0, 0, 0, 1})))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void refusesADecisionThatShowsNoneOfItsCandidates() {
    Decision decision =
        Decision.newBuilder()
            .setQueryId("q")
            .setClientId("c")
            .setTimestamp(NOW)
            .setMode(DecisionMode.ASSIGNED)
            .setCandidates(List.of(Candidate.newBuilder().setRolloutId("q#0").build()))
            .setServed(List.of(1))
            .build();
    RecordDecoder<Decision> decoder = RecordDecoder.ofDecisions(decisions::deserialize);

    assertThat(decoder.decode(raw(decisions.encode(decision))).refused().getDetail())
        .contains("served begins with 1 of 1 candidates");
    Decision served = Decision.newBuilder(decision).setServed(List.of(0)).build();
    assertThat(decoder.decode(raw(decisions.encode(served))).refused()).isNull();
  }

  private SourceRecord decode(byte[] value) {
    return RecordDecoder.ofEvents(events::deserialize).decode(raw(value));
  }

  private static RawRecord raw(byte[] value) {
    return new RawRecord("search.events.v1", 1, 7, NOW.toEpochMilli(), new byte[] {9}, value);
  }

  private static SearchEvent.Builder click() {
    return SearchEvent.newBuilder(CLICK);
  }

  private static Arguments unusable(
      DeadLetterReason reason, SearchEvent.Builder event, String named) {
    return Arguments.of(reason, event.build(), named);
  }
}
