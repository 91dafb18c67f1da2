package io.searchloop.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many events that must not be used, among thousands that must: each of the bad ones becomes a dead
 * letter with its reason and its bytes, and what a fix makes usable comes back.
 */
class PoisonIT {
  private static final int BAD = 10_000;
  private static final int MANY = 100_000;
  private static final int SEARCHES = 2_000;
  private static final int LARGE = 7;
  private static final int LARGEST_A_BROKER_TAKES = 1_048_400;
  private static final int LARGEST_COMPRESSED = 4_000_000;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "reward.short-window", "PT5M",
          "reward.long-window", "PT1H",
          "attribution.idle-timeout", "PT10M");

  private final Instant now = InstantSource.system().instant().minus(Duration.ofHours(2));
  private final Map<String, byte[]> sent = new HashMap<>();
  private final LoopSettings settings = ReplaySettings.of(Map.of(), SETTINGS);
  private final List<RewardConfig> configs = List.of(settings.reward().toRecord());

  @TempDir Path directory;

  @Test
  void everyBadEventIsADeadLetterAndWhatAFixMakesUsableComesBack() throws Exception {
    everyBadEventIsADeadLetter(BAD);
  }

  @Tag("deep")
  @Test
  void aHundredThousandBadEventsAreDeadLetters() throws Exception {
    everyBadEventIsADeadLetter(MANY);
  }

  private void everyBadEventIsADeadLetter(int bad) throws Exception {
    BoundedRun.Outcome outcome;
    try (Platform platform = Platform.start(directory, settings)) {
      prepareTopics(platform);
      write(platform, bad);
      outcome = run(platform, configs);
      assertThatAllBadEventsAreDeadLetters(platform);
      registerTheMissingSchema(platform);
    }
    assertThat(outcome.audit().violations()).isEmpty();
    // Each search earned its click; the second click lies among the dead letters.
    assertThat(outcome.tuples().base()).isEqualTo(SEARCHES);
    assertThat(outcome.tuples().reward()).isEqualTo(SEARCHES);
    assertThat(accepted(outcome.audit())).isEqualTo(3L * SEARCHES + bad + SEARCHES + LARGE);

    ReplayReport replayed =
        new DeadLetterReplay(
                "replay.fixed.", SETTINGS, directory, InstantSource.system(), stage -> {})
            .run();

    assertThat(replayed.violations()).isEmpty();
    Readmission readmission = replayed.readmission();
    assertThat(readmission).isNotNull();
    assertThat(readmission.readmitted()).isEqualTo(Map.of("unknown_schema", (long) SEARCHES));
    assertThat(readmission.refused().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(bad + LARGE);
    assertThat(replayed.tuples().reward()).isEqualTo(2 * SEARCHES);
    assertThat(readmission.ofReadmittedVisitors())
        .isEqualTo(new Readmission.Gain(0, SEARCHES, SEARCHES));
    assertThat(readmission.ofOthers()).isEqualTo(new Readmission.Gain(0, 0, 0));
  }

  private void prepareTopics(Platform platform) throws Exception {
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 2)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    AvroSerde<RewardConfig> serde = platform.serdes().of(Topics.REWARD_CONFIG);
    try (KafkaProducer<byte[], byte[]> producer = producer(platform)) {
      producer
          .send(new ProducerRecord<>(Topics.REWARD_CONFIG.name(), serde.encode(configs.get(0))))
          .get();
    }
  }

  /** One search after each fifty bad events. */
  private void write(Platform platform, int bad) throws Exception {
    Poison poison = new Poison(platform.serdes(), now, new SplittableRandom(7));
    Poison.Kind[] kinds = Poison.Kind.values();
    int missingId = nextSchemaId(platform.serdes());
    AvroSerde<SearchEvent> events = platform.serdes().of(Topics.EVENTS);
    try (KafkaProducer<byte[], byte[]> producer = producer(platform);
        ReplayWriter writer =
            new ReplayWriter(platform.bootstrapServers(), platform.serdes(), "")) {
      for (int i = 0; i < bad; i++) {
        Poison.Kind kind = kinds[i % kinds.length];
        send(producer, kind + "/" + i, poison.make(kind));
        if (i % (bad / SEARCHES) == 0) {
          int search = i / (bad / SEARCHES);
          writer.accept(decision(search));
          writer.accept(event(search, "impression", "", 1));
          writer.accept(event(search, "click", "p1", 2));
          send(
              producer,
              "UNKNOWN_SCHEMA/fixable/" + search,
              newerShop(events.encode(event(search, "click", "p2", 3)), missingId));
        }
      }
      for (int i = 0; i < LARGE - 2; i++) {
        send(producer, "OVERSIZED/" + i, new byte[300_000]);
      }
      byte[] noise = new byte[LARGEST_A_BROKER_TAKES];
      new SplittableRandom(8).nextBytes(noise);
      send(producer, "OVERSIZED/noise", noise);
      send(producer, "OVERSIZED/compressed", new byte[LARGEST_COMPRESSED]);
    }
  }

  private BoundedRun.Outcome run(Platform platform, List<RewardConfig> rewards) {
    return new BoundedRun(
            platform,
            settings,
            directory.resolve("flink"),
            "",
            stage -> {},
            new Stopwatch(InstantSource.system()))
        .run(rewards);
  }

  private void assertThatAllBadEventsAreDeadLetters(Platform platform) {
    AvroSerde<DeadLetter> serde = platform.serdes().of(Topics.DEAD_LETTERS);
    Map<String, byte[]> missing = new HashMap<>(sent);
    RawTopic.forEach(
        platform.bootstrapServers(),
        Topics.DEAD_LETTERS.name(),
        bytes -> {
          DeadLetter letter = serde.deserialize(bytes.value());
          String key = new String(Packed.bytes(letter.getRecordKey()), UTF_8);
          assertThat(missing).as("lettered once: %s", letter.getDetail()).containsKey(key);
          assertThat(letter.getReason()).as(key).isEqualTo(reason(key));
          assertThat(letter.getDetail()).as(key).containsIgnoringCase("expected");
          assertThat(Arrays.equals(Packed.bytes(letter.getPayload()), missing.remove(key)))
              .as("original bytes of %s", key)
              .isTrue();
        });
    assertThat(missing).isEmpty();
  }

  private static DeadLetterReason reason(String key) {
    String kind = key.substring(0, key.indexOf('/'));
    return kind.equals("OVERSIZED") ? DeadLetterReason.OVERSIZED : Poison.Kind.valueOf(kind).reason;
  }

  /** Sends a bad event and remembers its bytes; a tombstone's letter has none. */
  private void send(KafkaProducer<byte[], byte[]> producer, String key, byte[] value) {
    sent.put(key, value == null ? new byte[0] : value);
    var unused =
        producer.send(new ProducerRecord<>(Topics.EVENTS.name(), key.getBytes(UTF_8), value));
  }

  private Decision decision(int search) {
    String queryId = "q" + search;
    return Decision.newBuilder()
        .setQueryId(queryId)
        .setClientId("visitor" + search)
        .setQuery("mug")
        .setTimestamp(now)
        .setMode(DecisionMode.ASSIGNED)
        .setCandidates(
            List.of(Candidate.newBuilder().setRolloutId(queryId + "#0").setRewrite("mug").build()))
        .setServed(List.of(0))
        .build();
  }

  private SearchEvent event(int search, String action, String product, long seconds) {
    return SearchEvent.newBuilder()
        .setEventId(search + "/" + action + "/" + product)
        .setClientId("visitor" + search)
        .setQueryId("q" + search)
        .setActionName(action)
        .setObjectId(product)
        .setTimestamp(now.plusSeconds(seconds))
        .build();
  }

  /** An event as a shop writes it whose newer schema, under this id, ends with one more string. */
  private static byte[] newerShop(byte[] event, int schemaId) {
    byte[] newer = Arrays.copyOf(event, event.length + 1);
    java.nio.ByteBuffer.wrap(newer).putInt(1, schemaId);
    return newer;
  }

  /** The embedded registry counts ids up. */
  private static int nextSchemaId(Serdes serdes) throws Exception {
    SchemaRegistryClient registry = serdes.client();
    int last = 0;
    for (String subject : registry.getAllSubjects()) {
      last = Math.max(last, registry.getLatestSchemaMetadata(subject).getId());
    }
    return last + 1;
  }

  private static void registerTheMissingSchema(Platform platform) throws Exception {
    int expected = nextSchemaId(platform.serdes());
    Schema known = SearchEvent.getClassSchema();
    var fields = SchemaBuilder.record(known.getName()).namespace(known.getNamespace()).fields();
    known
        .getFields()
        .forEach(
            field ->
                fields.name(field.name()).type(field.schema()).withDefault(field.defaultVal()));
    Schema newer = fields.name("shop").type().stringType().stringDefault("").endRecord();
    assertThat(platform.serdes().client().register(Topics.EVENTS.subject(), new AvroSchema(newer)))
        .isEqualTo(expected);
  }

  private static long accepted(AuditReport audit) {
    return audit.partitions().values().stream()
        .mapToLong(row -> row.getOrDefault("accepted", 0L))
        .sum();
  }

  private static KafkaProducer<byte[], byte[]> producer(Platform platform) {
    return new KafkaProducer<>(
        platform
            .bootstrapServers()
            .with(
                Map.of(
                    "linger.ms", "20",
                    "compression.type", "lz4",
                    "max.request.size", "8388608")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
