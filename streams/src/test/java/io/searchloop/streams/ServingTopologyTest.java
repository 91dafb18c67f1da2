package io.searchloop.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingTopologyTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final AvroSerde<Decision> serde =
      new AvroSerde<>(Topics.DECISIONS, new MockSchemaRegistryClient(), true);
  private final TopologyTestDriver driver =
      new TopologyTestDriver(new ServingTopology(serde, WINDOW).build(), settings());
  private final TestInputTopic<String, Decision> decisions =
      driver.createInputTopic(Topics.DECISIONS.name(), new StringSerializer(), serde.serializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void countsQueriesInNormalFormWhoeverAsksThem() {
    decisions.pipeInput("anna", decision("Red  Shoes", NOON));
    decisions.pipeInput("ben", decision("red shoes", NOON.plusSeconds(5)));
    decisions.pipeInput("ben", decision("hat", NOON.plusSeconds(6)));

    assertThat(count("\tred shoes", NOON)).isEqualTo(2);
    assertThat(count("\that", NOON)).isEqualTo(1);
  }

  @Test
  void beginsANewCountWithEachWindowOfDecisionTime() {
    decisions.pipeInput("anna", decision("hat", NOON));
    decisions.pipeInput("anna", decision("hat", NOON.plus(WINDOW)));

    assertThat(count("\that", NOON)).isEqualTo(1);
    assertThat(count("\that", NOON.plus(WINDOW))).isEqualTo(1);
  }

  @Test
  void countsAQueryThatIsAlsoSampledForTheEngineOnce() {
    decisions.pipeInput("anna", decision("hat", NOON));
    decisions.pipeInput(
        "anna",
        Decision.newBuilder(decision("hat", NOON)).setMode(DecisionMode.ENGINE_ONLY).build());

    assertThat(count("\that", NOON)).isEqualTo(1);
  }

  @Test
  void countsEachLocaleForItself() {
    decisions.pipeInput("anna", decision("hat", NOON));
    decisions.pipeInput(
        "ben", Decision.newBuilder(decision("hat", NOON)).setLocale("de-DE").build());

    assertThat(count("\that", NOON)).isEqualTo(1);
    assertThat(count("de-DE\that", NOON)).isEqualTo(1);
  }

  private long count(String query, Instant windowStart) {
    WindowStore<String, Long> store = driver.getWindowStore(ServingTopology.HEADS);
    try (WindowStoreIterator<Long> counts = store.fetch(query, windowStart, windowStart)) {
      return counts.hasNext() ? counts.next().value : 0;
    }
  }

  private static Decision decision(String query, Instant at) {
    return Decision.newBuilder().setQuery(query).setTimestamp(at).build();
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    return settings;
  }
}
