package io.searchloop.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.streams.testing.TinyPolicy;
import io.searchloop.testkit.Eventually;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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

  @TempDir Path directory;
  private WorkerPlatform platform;
  private ServingWorker worker;
  private final ShopRequests shop = new ShopRequests(() -> worker.port());

  @BeforeEach
  void start() throws Exception {
    platform = new WorkerPlatform(directory);
    worker = platform.worker(Map.of());
    worker.start();
  }

  @AfterEach
  void close() {
    worker.close();
    platform.close();
  }

  @Test
  void servesSwapsObeysARollbackAndLogsEveryDecision() throws Exception {
    platform.catalogue(1, "red shoes", "red socks", "hat");
    long warm = platform.release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = platform.decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    assertThat(shop.search().get("policy_version").longValue()).isEqualTo(warm);

    long one = platform.release("one", -1, 1, TinyPolicy.artifact(2));
    head = platform.decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    assertThat(shop.search().get("policy_version").longValue()).isEqualTo(one);

    platform.release("broken", -1, 2, TinyPolicy.withoutFiniteLogits());
    long rollback = platform.decide(ControlAction.ROLLBACK, warm, head);
    long decided = System.nanoTime();
    await(() -> worker.status().lineage() == rollback);
    assertThat(Duration.ofNanos(System.nanoTime() - decided)).isLessThan(OBEYED_WITHIN);

    JsonNode reply = shop.search();
    assertThat(reply.get("policy_version").longValue()).isEqualTo(warm);
    assertThat(reply.get("results").get(0).get("title").textValue()).isEqualTo("red shoes");
    assertThat(worker.status().swaps()).isEqualTo(3);
    assertThat(worker.status().referenceVersion()).isEqualTo(warm);
    assertThat(worker.status().failures()).isZero();
    List<Decision> decisions = platform.read(Topics.DECISIONS, 3);
    assertThat(decisions)
        .extracting(Decision::getPolicyVersion)
        .containsExactlyInAnyOrder(warm, one, warm);
    assertThat(decisions)
        .extracting(Decision::getLineage)
        .containsExactlyInAnyOrder(-1L, -1L, rollback);
    await(() -> shop.heads().contains("\"count\":3"));
  }

  @Test
  void carriesTracesOnAndLogsNoQuery() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Logger all = (Logger) LoggerFactory.getLogger("io.searchloop");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    all.addAppender(logged);
    all.setLevel(Level.ALL);
    platform.catalogue(1, "red shoes");
    platform.decide(
        ControlAction.PROMOTE, platform.release("warm", -1, 0, TinyPolicy.artifact(1)), -1);
    worker.awaitReady(PATIENCE);

    for (String body :
        List.of("{\"query\":\"zzqx shoes\",\"client_id\":\"c\"}", "{\"query\":\"zzqx")) {
      shop.send(
          HttpRequest.newBuilder(shop.uri("/v1/search"))
              .header("traceparent", parent)
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    assertThat(platform.header("traceparent")).isEqualTo(parent);
    all.setLevel(null);
    all.detachAppender(logged);
    assertThat(List.copyOf(logged.list))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(text(event)).doesNotContain("zzqx"));
  }

  @Test
  void storesEventsBeforeItAcceptsThem() throws Exception {
    String batch =
        "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"click\","
            + "\"timestamp\":5,\"object_id\":\"p1\"},{\"action_name\":\"click\"}]}";

    HttpResponse<String> reply = shop.post("/v1/events", batch);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
    assertThat(platform.read(Topics.EVENTS, 1))
        .extracting(SearchEvent::getObjectId)
        .containsExactly("p1");
    assertThat(platform.read(Topics.DEAD_LETTERS, 1))
        .singleElement()
        .satisfies(letter -> assertThat(letter.getDetail()).contains("`timestamp` is missing"));
  }

  @Test
  void countsWhatKafkaHasNotTakenWhenItCloses() throws Exception {
    platform.catalogue(1, "red shoes");
    long warm = platform.release("warm", -1, 0, TinyPolicy.artifact(1));
    platform.decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    platform.broker.close();

    assertThat(shop.search().get("policy_version").longValue()).isEqualTo(warm);
    assertThat(worker.status().failures()).isZero();
    worker.close();
    assertThat(worker.status().signalLost()).containsEntry(Topics.DECISIONS.name(), 1L);
  }

  @Test
  @Timeout(400)
  void outlivesKafkaAndFollowsItAgainByItself() throws Exception {
    worker.close();
    worker = platform.worker(Map.of("serving.deadline", "PT2S", "serving.event-timeout", "PT1S"));
    worker.start();
    platform.catalogue(1, "red shoes");
    long warm = platform.release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = platform.decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    platform.broker.close();

    AtomicInteger decided = new AtomicInteger();
    Eventually.decided(
        () -> {
          shop.answersBy(warm);
          decided.addAndGet(2);
          return lost(Topics.DECISIONS) > 0 && shop.silence().compareTo(OUTAGE) >= 0
              ? Optional.of(true)
              : Optional.empty();
        });
    assertThat(shop.post("/v1/events", CLICK).statusCode()).isEqualTo(503);
    assertThat(shop.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(shop.get("/readyz").body()).contains("\"away\":{\"kafka\":\"Silent for");
    assertThat(shop.get("/livez").statusCode()).isEqualTo(200);
    assertThat(worker.status().fallbacks().keySet()).isSubsetOf("invalid_candidate");

    platform.broker.restart();
    long one = platform.release("one", -1, 1, TinyPolicy.artifact(2));
    platform.decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    shop.answersBy(one);
    decided.addAndGet(2);
    await(() -> shop.get("/readyz").body().contains("\"away\":{}"));
    await(() -> shop.status("/v1/events", CLICK) == 202);
    // Stored or counted: a decision that is neither would be missing from learning unseen.
    worker.close();
    int stored = Math.toIntExact(decided.get() - lost(Topics.DECISIONS));
    assertThat(platform.read(Topics.DECISIONS, stored))
        .extracting(Decision::getPolicyVersion)
        .contains(warm, one);
  }

  @Test
  void rollsBackOverHttpAndToldSoServesTheEarlierRelease() throws Exception {
    worker.close();
    worker = platform.worker(Map.of("serving.control-over-http", "true"));
    worker.start();
    platform.catalogue(1, "red shoes");
    long warm = platform.release("warm", -1, 0, TinyPolicy.artifact(1));
    long head = platform.decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);
    long one = platform.release("one", -1, 1, TinyPolicy.artifact(2));
    platform.decide(ControlAction.PROMOTE, one, head);
    await(() -> worker.status().activeVersion() == one);
    String order = "{\"to_version\":" + warm + ",\"who\":\"ann\",\"why\":\"null results\"";

    HttpResponse<String> reply = shop.order(order + "}");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    long offset = shop.json.readTree(reply.body()).get("verdict").get("offset").longValue();
    assertThat(worker.status().activeVersion()).isEqualTo(warm);
    assertThat(worker.status().lineage()).isEqualTo(offset);
    assertThat(shop.order(order + ",\"expected_head\":" + head + "}").statusCode()).isEqualTo(409);
  }

  @Test
  void leavesTailQueriesToTheEngineOnceItKnowsThem() throws Exception {
    worker.close();
    // Asked again and again until the counts can be read, and still no head query.
    worker =
        platform.worker(Map.of("serving.engine-only-share", "1", "serving.head-count", "1000000"));
    worker.start();
    platform.catalogue(1, "red shoes", "red socks");
    long warm = platform.release("warm", -1, 0, TinyPolicy.artifact(1));
    platform.decide(ControlAction.PROMOTE, warm, -1);
    worker.awaitReady(PATIENCE);

    await(() -> shop.arm("scarf").equals("tail-identity"));

    await(() -> worker.status().decisions().containsKey("engine-only"));
    int logged =
        worker.status().decisions().values().stream().mapToInt(count -> count.intValue()).sum();
    Decision sampled =
        platform.read(Topics.DECISIONS, logged).stream()
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
    platform.catalogue(1, titles);
    platform.decide(
        ControlAction.PROMOTE, platform.release("warm", -1, 0, TinyPolicy.artifact(1)), -1);
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
            shop.json.readTree(
                shop.post("/v1/search", "{\"query\":\"" + typed + "\",\"client_id\":\"c\"}")
                    .body());
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

  private long lost(Topic<?> topic) {
    return worker.status().signalLost().getOrDefault(topic.name(), 0L);
  }

  private static String text(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getFormattedMessage()
        + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
  }

  private static void await(BooleanSupplier condition) {
    Eventually.present(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }
}
