package io.searchloop.streams;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Product;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.streams.testing.TestBroker;
import io.searchloop.streams.testing.TestRegistry;
import io.searchloop.streams.testing.TinyPolicy;
import io.searchloop.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole worker against a real broker: from a release and a catalogue to logged decisions. */
@Timeout(120)
class ServingWorkerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The promise is a second; a crowded build machine gets another. */
  private static final Duration OBEYED_WITHIN = Duration.ofSeconds(2);

  /** Longer than a record may be on its way, so that some are lost; two minutes by -D. */
  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("searchloop.outage", "PT35S"));

  private static final String CLICK =
      "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"click\","
          + "\"timestamp\":5,\"object_id\":\"p1\"}]}";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path directory;
  private TestBroker broker;
  private TestRegistry registry;
  private Serdes serdes;
  private Producer<byte[], byte[]> producer;
  private Producer<byte[], byte[]> operator;
  private ServingWorker worker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory);
    registry = new TestRegistry();
    serdes = registry.serdes();
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "trainer"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    operator = new ProducerSettings(Brokers.at(broker.bootstrapServers())).producer();
    worker = worker(Map.of());
    worker.start();
  }

  @AfterEach
  void close() {
    worker.close();
    producer.close(Duration.ZERO);
    operator.close(Duration.ZERO);
    registry.close();
    broker.close();
  }

  @Test
  void servesSwapsObeysARollbackAndLogsEveryDecision() throws Exception {
    catalogue(1, "red shoes", "red socks", "hat");
    long warm = release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    assertThat(search().get("policy_version").longValue()).isEqualTo(warm);

    long one = release("one", -1, 1, TinyPolicy.artifact(2));
    head = decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    assertThat(search().get("policy_version").longValue()).isEqualTo(one);

    release("broken", -1, 2, TinyPolicy.withoutFiniteLogits());
    long rollback = decide(ControlAction.ROLLBACK, warm, head);
    long decided = System.nanoTime();
    await(() -> worker.status().lineage() == rollback);
    assertThat(Duration.ofNanos(System.nanoTime() - decided)).isLessThan(OBEYED_WITHIN);

    JsonNode reply = search();
    assertThat(reply.get("policy_version").longValue()).isEqualTo(warm);
    assertThat(reply.get("results").get(0).get("title").textValue()).isEqualTo("red shoes");
    assertThat(worker.status().swaps()).isEqualTo(3);
    assertThat(worker.status().referenceVersion()).isEqualTo(warm);
    assertThat(worker.status().failures()).isZero();
    List<Decision> decisions = read(Topics.DECISIONS, 3);
    assertThat(decisions)
        .extracting(Decision::getPolicyVersion)
        .containsExactlyInAnyOrder(warm, one, warm);
    assertThat(decisions)
        .extracting(Decision::getLineage)
        .containsExactlyInAnyOrder(-1L, -1L, rollback);
    await(() -> heads().contains("\"count\":3"));
  }

  @Test
  void carriesTracesOnAndLogsNoQuery() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Logger all = (Logger) LoggerFactory.getLogger("io.searchloop");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    all.addAppender(logged);
    all.setLevel(Level.ALL);
    catalogue(1, "red shoes");
    decide(ControlAction.PROMOTE, release("warm", -1, 0, TinyPolicy.artifact(1)), -1);
    worker.awaitReady(PATIENCE);

    for (String body :
        List.of("{\"query\":\"zzqx shoes\",\"client_id\":\"c\"}", "{\"query\":\"zzqx")) {
      client.send(
          HttpRequest.newBuilder(uri("/v1/search"))
              .header("traceparent", parent)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    assertThat(header("traceparent")).isEqualTo(parent);
    all.setLevel(null);
    all.detachAppender(logged);
    assertThat(List.copyOf(logged.list))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(text(event)).doesNotContain("zzqx"));
  }

  /** Of the first decision. */
  private String header(String name) {
    try (Consumer<byte[], byte[]> consumer =
        new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("test")) {
      consumer.assign(partitions(consumer, Topics.DECISIONS));
      consumer.seekToBeginning(consumer.assignment());
      return Eventually.present(
          () ->
              StreamSupport.stream(consumer.poll(Duration.ofMillis(100)).spliterator(), false)
                  .map(record -> new String(record.headers().lastHeader(name).value(), US_ASCII))
                  .findFirst());
    }
  }

  private static String text(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getFormattedMessage()
        + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
  }

  @Test
  void storesEventsBeforeItAcceptsThem() throws Exception {
    String batch =
        "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"click\","
            + "\"timestamp\":5,\"object_id\":\"p1\"},{\"action_name\":\"click\"}]}";

    HttpResponse<String> reply = post("/v1/events", batch);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
    assertThat(read(Topics.EVENTS, 1)).extracting(SearchEvent::getObjectId).containsExactly("p1");
    assertThat(read(Topics.DEAD_LETTERS, 1))
        .singleElement()
        .satisfies(letter -> assertThat(letter.getDetail()).contains("`timestamp` is missing"));
  }

  @Test
  void countsWhatKafkaHasNotTakenWhenItCloses() throws Exception {
    catalogue(1, "red shoes");
    long warm = release("warm", -1, 0, TinyPolicy.artifact(1));
    decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    broker.close();

    assertThat(search().get("policy_version").longValue()).isEqualTo(warm);
    assertThat(worker.status().failures()).isZero();
    worker.close();
    assertThat(worker.status().signalLost()).containsEntry(Topics.DECISIONS.name(), 1L);
  }

  @Test
  @Timeout(400)
  void outlivesKafkaAndFollowsItAgainByItself() throws Exception {
    worker.close();
    worker = worker(Map.of("serving.deadline", "PT2S", "serving.event-timeout", "PT1S"));
    worker.start();
    catalogue(1, "red shoes");
    long warm = release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    broker.close();

    AtomicInteger decided = new AtomicInteger();
    Eventually.decided(
        () -> {
          answersBy(warm);
          decided.addAndGet(2);
          return lost(Topics.DECISIONS) > 0 && silence().compareTo(OUTAGE) >= 0
              ? Optional.of(true)
              : Optional.empty();
        });
    assertThat(post("/v1/events", CLICK).statusCode()).isEqualTo(503);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).contains("\"away\":{\"kafka\":\"Silent for");
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(worker.status().fallbacks().keySet()).isSubsetOf("invalid_candidate");

    broker.restart();
    long one = release("one", -1, 1, TinyPolicy.artifact(2));
    decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    answersBy(one);
    decided.addAndGet(2);
    await(() -> get("/readyz").body().contains("\"away\":{}"));
    await(() -> status("/v1/events", CLICK) == 202);
    // Stored or counted: a decision that is neither would be missing from learning unseen.
    worker.close();
    int stored = Math.toIntExact(decided.get() - lost(Topics.DECISIONS));
    assertThat(read(Topics.DECISIONS, stored))
        .extracting(Decision::getPolicyVersion)
        .contains(warm, one);
  }

  @Test
  void rollsBackOverHttpAndToldSoServesTheEarlierRelease() throws Exception {
    worker.close();
    worker = worker(Map.of("serving.control-over-http", "true"));
    worker.start();
    catalogue(1, "red shoes");
    long warm = release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    long one = release("one", -1, 1, TinyPolicy.artifact(2));
    decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    String order = "{\"to_version\":" + warm + ",\"who\":\"ann\",\"why\":\"null results\"";

    HttpResponse<String> reply = order(order + "}");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    long offset = json.readTree(reply.body()).get("verdict").get("offset").longValue();
    assertThat(worker.status().activeVersion()).isEqualTo(warm);
    assertThat(worker.status().lineage()).isEqualTo(offset);
    assertThat(order(order + ",\"expected_head\":" + head + "}").statusCode()).isEqualTo(409);
  }

  @Test
  void leavesTailQueriesToTheEngineOnceItKnowsThem() throws Exception {
    worker.close();
    // Asked again and again until the counts can be read, and still no head query.
    worker = worker(Map.of("serving.engine-only-share", "1", "serving.head-count", "1000000"));
    worker.start();
    catalogue(1, "red shoes", "red socks");
    long warm = release("warm", -1, 0, TinyPolicy.artifact(1));
    decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);

    await(() -> arm("scarf").equals("tail-identity"));

    await(() -> worker.status().decisions().containsKey("engine-only"));
    int logged =
        worker.status().decisions().values().stream().mapToInt(count -> count.intValue()).sum();
    Decision sampled =
        read(Topics.DECISIONS, logged).stream()
            .filter(decision -> decision.getMode() == DecisionMode.ENGINE_ONLY)
            .findFirst()
            .orElseThrow();
    assertThat(sampled.getQuery()).isEqualTo("scarf");
    assertThat(sampled.getPolicyVersion()).isEqualTo(warm);
    assertThat(sampled.getServed()).isEmpty();
    assertThat(sampled.getCandidates()).hasSize(4);
  }

  @Test
  void servesTheRankingThatEvaluationJudges() throws Exception {
    String[] titles = {"red shoes", "red socks", "hat", "shoe rack", "red hat"};
    catalogue(1, titles);
    decide(ControlAction.PROMOTE, release("warm", -1, 0, TinyPolicy.artifact(1)), -1);
    worker.awaitReady(PATIENCE);
    List<io.searchloop.search.engine.Product> products =
        Stream.of(titles)
            .map(id -> new io.searchloop.search.engine.Product(id, id, "", "", "", Map.of()))
            .toList();
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(products, 1, Bm25.DEFAULT)) {
      FusedSearch judged =
          new FusedSearch(new SpellingArm(engine.vocabulary()), FusionWeights.DEFAULT);
      for (String typed : List.of("red sohes", "red hat", "sheos")) {
        JsonNode reply =
            json.readTree(
                post("/v1/search", "{\"query\":\"" + typed + "\",\"client_id\":\"c\"}").body());
        List<String> rewrites = List.of(reply.get("rewrite").textValue());

        SearchResults found = engine.search(judged.of(typed).with(rewrites), 10);
        assertThat(reply.get("results").findValuesAsText("product_id"))
            .as("%s, but for the order of ties", typed)
            .containsExactlyInAnyOrderElementsOf(found.productIds())
            .isNotEmpty();
        assertThat(reply.get("results").findValuesAsText("score"))
            .isEqualTo(found.hits().stream().map(hit -> String.valueOf(hit.score())).toList());
      }
    }
  }

  /** A search and a rewrite, both by the policy and in time. */
  private void answersBy(long version) throws Exception {
    JsonNode rewrite =
        json.readTree(post("/v1/rewrite", "{\"query\":\"hat\",\"client_id\":\"c\"}").body());
    for (JsonNode reply : List.of(search(), rewrite)) {
      assertThat(reply.get("arm").textValue()).isEqualTo("policy");
      assertThat(reply.get("policy_version").longValue()).isEqualTo(version);
    }
  }

  private HttpResponse<String> order(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri("/v1/policy/rollback"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private long lost(Topic<?> topic) {
    return worker.status().signalLost().getOrDefault(topic.name(), 0L);
  }

  private Duration silence() {
    String seconds =
        get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("searchloop_kafka_silent_seconds "))
            .findFirst()
            .orElseThrow()
            .split(" ")[1];
    return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1_000));
  }

  private int status(String path, String body) {
    try {
      return post(path, body).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServingWorker worker(Map<String, String> others) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "serving.port", "0",
                "serving.holdout-share", "0",
                "serving.deadline", "PT10S",
                "serving.drain", "PT2S",
                "serving.trusted-keys", "unsigned",
                "serving.random-seed", "1"));
    settings.putAll(others);
    return new ServingWorker(
        new ConfigBinder(settings).bind("serving", ServingConfig.class),
        Brokers.at(broker.bootstrapServers()),
        serdes,
        InstantSource.system(),
        new SplittableRandom(1));
  }

  private void catalogue(long epoch, String... titles) throws Exception {
    producer.beginTransaction();
    for (String title : titles) {
      send(
          Topics.PRODUCTS,
          title,
          Product.newBuilder().setProductId(title).setTitle(title).setEpoch(epoch).build());
    }
    send(
        Topics.PRODUCTS,
        "epoch/" + epoch,
        Product.newBuilder()
            .setProductId("epoch/" + epoch)
            .setEpoch(epoch)
            .setEpochMarker(true)
            .build());
    producer.commitTransaction();
  }

  /** Publishes chunks and manifest in one transaction, as the trainer does. */
  private long release(String id, long lineage, long step, PolicyArtifact artifact)
      throws Exception {
    byte[] bytes = artifact.toBytes();
    ReleaseManifest manifest = manifest(id, lineage, step, bytes);
    List<byte[]> pieces = ArtifactChunks.split(bytes);
    producer.beginTransaction();
    for (int i = 0; i < pieces.size(); i++) {
      PolicyChunk chunk =
          PolicyChunk.newBuilder()
              .setReleaseId(id)
              .setIndex(i)
              .setCount(pieces.size())
              .setPayload(ByteBuffer.wrap(pieces.get(i)))
              .build();
      send(Topics.POLICY_CHUNKS, id + "/" + i, chunk);
    }
    long offset = send(Topics.POLICY_RELEASES, id, released(manifest));
    producer.commitTransaction();
    return offset;
  }

  /** Never in a transaction: an open one would hide a rollback. */
  private long decide(ControlAction action, long version, long expectedHead) throws Exception {
    return send(
        operator, Topics.POLICY_CONTROL, action.name(), control(action, version, expectedHead));
  }

  private <V extends SpecificRecord> long send(Topic<V> topic, String key, V value)
      throws Exception {
    return send(producer, topic, key, value);
  }

  private <V extends SpecificRecord> long send(
      Producer<byte[], byte[]> by, Topic<V> topic, String key, V value) throws Exception {
    byte[] bytes = serdes.of(topic).encode(value);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), bytes);
    return by.send(record).get().offset();
  }

  private <V extends SpecificRecord> List<V> read(Topic<V> topic, int count) {
    AvroSerde<V> serde = serdes.of(topic);
    List<V> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("test")) {
      consumer.assign(partitions(consumer, topic));
      consumer.seekToBeginning(consumer.assignment());
      while (values.size() < count) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.add(serde.deserialize(record.value())));
      }
    }
    return values;
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }

  private String arm(String query) {
    try {
      return json.readTree(
              post("/v1/search", "{\"query\":\"" + query + "\",\"client_id\":\"c\"}").body())
          .get("arm")
          .textValue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode search() throws Exception {
    HttpResponse<String> reply =
        post("/v1/search", "{\"query\":\"red shoes\",\"client_id\":\"c\"}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json.readTree(reply.body());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String heads() {
    return get("/v1/head-queries").body();
  }

  private HttpResponse<String> get(String path) {
    return client
        .sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
        .join();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + worker.port() + path);
  }

  private static void await(BooleanSupplier condition) {
    Eventually.present(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }
}
