package io.searchloop.streams.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.access.PasswordHash;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.access.User;
import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.privacy.PseudonymFile;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.control.ControlAppender;
import io.searchloop.streams.control.ControlDesk;
import io.searchloop.streams.decision.ArmAssignment;
import io.searchloop.streams.decision.CandidateSource;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.EngineOnlySearch;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.decision.Prompts;
import io.searchloop.streams.decision.RequestRandom;
import io.searchloop.streams.decision.Traffic;
import io.searchloop.streams.feed.KafkaContact;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.lease.CountedResource;
import io.searchloop.streams.page.PageMaker;
import io.searchloop.streams.page.PageMerger;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.rules.RulesFile;
import io.searchloop.streams.testing.Slots;
import io.searchloop.testkit.Program;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String SEARCH = "{\"query\":\"red shoes\",\"client_id\":\"c\",\"limit\":2}";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final RecordingLog log = new RecordingLog();
  private final Slots slots = Slots.empty();
  private final CatalogueEpoch epoch =
      CatalogueEpoch.of(
          LuceneSearchEngine.index(
              List.of(
                  product("p1", "red shoes", "Feet > Shoes"),
                  product("p2", "red socks", "Feet > Socks"),
                  product("p3", "hat", "")),
              7,
              Bm25.DEFAULT),
          SearchRule.DEFAULT,
          List.of(new PastQuery("red shoes", 7, 1), new PastQuery("red socks", 3, 0)));
  private final CountedResource<CatalogueEpoch> shop = new CountedResource<>(epoch, epoch::close);
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile Catalogue catalogue = shop::acquire;
  private final BlockingQueue<EngineOnlySearch> unseen = new LinkedBlockingQueue<>();
  private volatile boolean live = true;
  private volatile Instant now = Instant.EPOCH;
  private final KafkaContact kafka = new KafkaContact(() -> now, slots.metrics);
  private volatile boolean control = true;
  private volatile Optional<Users> users = Optional.empty();
  private volatile ControlAppender controlLog = this::append;
  private final AtomicLong nextOffset = new AtomicLong(2);
  @TempDir private Path folder;
  private RuleBook rules = RuleBook.of(Optional.empty(), slots.metrics);
  private Pseudonyms pseudonyms = Pseudonyms.NONE;
  private HttpServer server = server(500, ModeMix.ASSIGNED_ONLY);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    gate.countDown();
    server.close();
    slots.close();
    shop.retire();
  }

  @Test
  void searchAnswersWithWhatWasDecidedAndFound() throws Exception {
    slots.promote();

    JsonNode reply = ok(post("/v1/search", SEARCH));

    Decision decision = log.decisions.get(0);
    assertThat(reply.get("query_id").textValue()).isEqualTo(decision.getQueryId());
    assertThat(reply.get("arm").textValue()).isEqualTo("policy");
    assertThat(reply.get("mode").textValue()).isEqualTo("ASSIGNED");
    assertThat(reply.get("policy_version").longValue()).isEqualTo(Slots.VERSION);
    assertThat(reply.get("candidates")).hasSize(2);
    assertThat(reply.get("rewrite").textValue())
        .isEqualTo(decision.getCandidates().get(decision.getServed().get(0)).getRewrite());
    assertThat(reply.get("total").longValue()).isEqualTo(2);
    assertThat(reply.get("results").get(0).get("product_id").textValue()).isEqualTo("p1");
    assertThat(reply.get("results").get(0).get("title").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("results").get(1).get("position").intValue()).isEqualTo(2);
    assertThat(decision.getCatalogueEpoch()).isEqualTo(7);
  }

  @Test
  void searchAnswersAsTypedWithoutAPolicy() throws Exception {
    JsonNode reply = ok(post("/v1/search", SEARCH));

    assertThat(reply.get("arm").textValue()).isEqualTo("fallback");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("results")).hasSize(2);
  }

  @Test
  void anEngineThatIsAwayIsAProblemThatPassesAndNothingIsLogged() throws Exception {
    CatalogueEpoch away = new CatalogueEpoch(new AwayEngine(7), epoch.search(), epoch.suggester());
    catalogue = new CountedResource<>(away, () -> {})::acquire;

    HttpResponse<String> reply = post("/v1/search", SEARCH);

    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    assertThat(reply.body()).contains("engine-unavailable").doesNotContain("inside");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void searchLogsThePageThatItShows() throws Exception {
    slots.promote();

    JsonNode reply = ok(post("/v1/search", SEARCH));

    assertThat(log.decisions.get(0).getPage())
        .isEqualTo(reply.get("results").findValuesAsText("product_id"))
        .hasSize(2);
    assertThat(Packed.ints(log.decisions.get(0).getQueryRanks())).containsExactly(1, 2);
  }

  @Test
  void searchMayMergeTheListsOfAllCandidates() throws Exception {
    slots.promote();
    restart(new ModeMix(1, 0));

    JsonNode reply = ok(post("/v1/search", SEARCH));

    Decision decision = log.decisions.get(0);
    assertThat(reply.get("mode").textValue()).isEqualTo("MULTILEAVED");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(decision.getPage()).isEqualTo(reply.get("results").findValuesAsText("product_id"));
    assertThat(decision.getServed()).containsExactly(0, 1, 2);
    assertThat(
            ok(post("/v1/rewrite", "{\"query\":\"red shoes\",\"session_id\":\"s\"}")).get("mode"))
        .hasToString("\"ASSIGNED\"");
  }

  @Test
  void searchForTheEngineAnswersAsTypedAndSamplesAfterwards() throws Exception {
    slots.promote();
    restart(new ModeMix(0, 1));

    JsonNode reply = ok(post("/v1/search", SEARCH));

    assertThat(reply.get("arm").textValue()).isEqualTo("tail-identity");
    assertThat(reply.get("mode").textValue()).isEqualTo("HOLDOUT");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(unseen.take().queryId()).isEqualTo(reply.get("query_id").textValue() + "!engine");
    assertThat(log.decisions).hasSize(1);
  }

  @Test
  void searchWithoutACatalogueIsAProblemAndLogsNoDecision() throws Exception {
    catalogue = Optional::empty;

    HttpResponse<String> reply = post("/v1/search", SEARCH);

    assertProblem(reply, 503, "not-ready");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void rewriteAnswersWithoutACatalogue() throws Exception {
    slots.promote();
    catalogue = Optional::empty;

    JsonNode reply = ok(post("/v1/rewrite", "{\"query\":\"red shoes\",\"session_id\":\"s\"}"));

    assertThat(reply.get("candidates")).hasSize(2);
    assertThat(reply.has("results")).isFalse();
    assertThat(log.decisions).hasSize(1);
  }

  @Test
  void searchCorrectsByTheCatalogueAndLogsWhatItSearched() throws Exception {
    JsonNode reply = ok(post("/v1/search", "{\"query\":\"red sohes\",\"client_id\":\"c\"}"));

    assertThat(reply.get("correction").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red sohes");
    assertThat(reply.get("results").get(0).get("product_id").textValue()).isEqualTo("p1");
    Decision decision = log.decisions.get(0);
    assertThat(decision.getCombination()).isEqualTo("UNION");
    assertThat(decision.getCorrection()).isEqualTo("red shoes");
    assertThat(decision.getCorrectionWeight()).isEqualTo(.7);
    assertThat(decision.getRewriteWeight()).isEqualTo(.35);
  }

  @Test
  void aCorrectionThatChangesNothingIsNotLogged() throws Exception {
    JsonNode reply = ok(post("/v1/search", SEARCH));

    assertThat(reply.get("correction").textValue()).isEqualTo("red shoes");
    assertThat(log.decisions.get(0).getCorrection()).isEmpty();
  }

  @Test
  void rewriteTellsTheQueryThatTheWorkerWouldSearch() throws Exception {
    slots.promote();

    JsonNode reply = ok(post("/v1/rewrite", "{\"query\":\"red sohes\",\"session_id\":\"s\"}"));

    Decision decision = log.decisions.get(0);
    String rewrite = decision.getCandidates().get(decision.getServed().get(0)).getRewrite();
    assertThat(reply.get("parts"))
        .hasToString(
            "[{\"text\":\"red sohes\",\"weight\":1.0},{\"text\":\"%s\",\"weight\":0.35},{\"text\":\"red shoes\",\"weight\":0.7}]"
                .formatted(rewrite));
    assertThat(decision.getCorrection()).isEqualTo("red shoes");
  }

  @Test
  void rewriteWithoutAPolicyOrACatalogueTellsTheTypedQuery() throws Exception {
    catalogue = Optional::empty;

    JsonNode reply = ok(post("/v1/rewrite", "{\"query\":\"red sohes\",\"session_id\":\"s\"}"));

    assertThat(reply.get("parts")).hasToString("[{\"text\":\"red sohes\",\"weight\":1.0}]");
  }

  @Test
  void suggestCompletesWithScopes() throws Exception {
    JsonNode reply = ok(get("/v1/suggest?q=re"));

    assertThat(reply.get("suggestions").findValuesAsText("text"))
        .containsExactly("red shoes", "red socks");
    JsonNode first = reply.get("suggestions").get(0);
    assertThat(first.get("source").textValue()).isEqualTo("query");
    assertThat(first.get("scopes"))
        .hasToString(
            "[{\"field\":\"category\",\"value\":\"Feet > Shoes\",\"products\":1},{\"field\":\"category\",\"value\":\"Feet > Socks\",\"products\":1}]");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void whatRulesRefuseIsNeitherShownNorSuggested() throws Exception {
    slots.promote();
    Path file = folder.resolve("shop.rules");
    Files.writeString(file, "keep shoes\nblock socks\n");
    rules = RuleBook.of(Optional.of(new RulesFile(file)), slots.metrics);
    restart(ModeMix.ASSIGNED_ONLY);

    JsonNode reply = ok(post("/v1/search", SEARCH));

    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("candidates").findValuesAsText("rewrite")).containsOnly("red shoes");
    assertThat(ok(get("/v1/suggest?q=re")).get("suggestions").findValuesAsText("text"))
        .containsExactly("red shoes");
  }

  @Test
  void suggestTakesALimitAndCompletesCatalogueWords() throws Exception {
    assertThat(ok(get("/v1/suggest?q=re&limit=1")).get("suggestions")).hasSize(1);
    JsonNode found = ok(get("/v1/suggest?q=so&limit=20")).get("suggestions");
    assertThat(found.findValuesAsText("text")).containsExactly("red socks", "socks");
    assertThat(found.get(1).get("source").textValue()).isEqualTo("catalogue");
  }

  @Test
  void suggestNamesTheParameterThatCannotBeUsed() throws Exception {
    for (String limit : List.of("0", "21", "many")) {
      HttpResponse<String> reply = get("/v1/suggest?q=re&limit=" + limit);
      assertProblem(reply, 400, "bad-request");
      assertThat(reply.body()).contains("`limit` is '" + limit + "', expected 1 to 20");
    }
    assertThat(get("/v1/suggest?q=" + "x".repeat(201)).body()).contains("`q` has 201 characters");
  }

  @Test
  void suggestWithoutACatalogueIsAProblem() throws Exception {
    catalogue = Optional::empty;

    HttpResponse<String> reply = get("/v1/suggest?q=re");

    assertProblem(reply, 503, "not-ready");
    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void searchTakesWhatTheStorefrontKnowsOfTheQueryAndItsSession() throws Exception {
    slots.promote();

    ok(
        post(
            "/v1/search",
            "{\"query\":\"red shoes\",\"client_id\":\"c\",\"session_queries\":[\"shoes\"],\"annotations\":[\"colour red\"]}"));

    assertThat(log.decisions).hasSize(1);
    assertThat(known("\"session_queries\":\"shoes\"")).contains("`session_queries`");
    assertThat(known("\"session_queries\":[\"  \"]")).contains("a text that is blank");
    assertThat(known("\"annotations\":[%s\"b\"]".formatted("\"a\",".repeat(20))))
        .contains("`annotations` has 21 texts, expected at most 20");
  }

  private String known(String field) throws Exception {
    return post("/v1/search", "{\"query\":\"x\",\"client_id\":\"c\",%s}".formatted(field)).body();
  }

  @Test
  void requestsThatCannotBeUsedAreProblemsThatNameTheField() throws Exception {
    assertProblem(post("/v1/search", "{"), 400, "bad-request");
    assertProblem(post("/v1/search", "[]"), 400, "bad-request");
    assertThat(post("/v1/search", "{\"client_id\":\"c\"}").body()).contains("`query`");
    assertThat(post("/v1/search", "{\"query\":\"x\"}").body()).contains("`client_id`");
    assertThat(post("/v1/search", "{\"query\":\"x\",\"client_id\":\"c\",\"limit\":0}").body())
        .contains("`limit` is 0");
    assertThat(post("/v1/search", "{\"query\":\"x\",\"client\":\"c\"}").body())
        .contains("`client` is unknown");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void eventsAreAcceptedAndRefusedByName() throws Exception {
    HttpResponse<String> reply =
        post(
            "/v1/events",
            """
            {"events":[
              {"client_id":"c","query_id":"q","action_name":"click","timestamp":5,"object_id":"p1"},
              {"client_id":"c","query_id":"q","action_name":"stare","timestamp":5}]}
            """);

    assertThat(reply.statusCode()).isEqualTo(202);
    JsonNode body = json.readTree(reply.body());
    assertThat(body.get("accepted").intValue()).isEqualTo(1);
    assertThat(body.get("refused").get(0).get("index").intValue()).isEqualTo(1);
    assertThat(body.get("refused").get(0).get("reason").textValue()).isEqualTo("UNKNOWN_ACTION");
    assertThat(log.events).containsOnlyKeys("c");
    assertThat(log.deadLetters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_ACTION);
              assertThat(letter.getFoundBy()).isEqualTo("worker");
              JsonNode payload = json.readTree(Packed.bytes(letter.getPayload()));
              assertThat(payload.get("action_name").textValue()).isEqualTo("stare");
            });
  }

  @Test
  void eventsNameNoVisitorWhereThereIsAKeyNotEvenRefusedOnes() throws Exception {
    Path keys = folder.resolve("pseudonyms");
    PseudonymFile.add(keys, Instant.EPOCH, new SecureRandom());
    pseudonyms = Pseudonyms.of(keys.toString());
    restart(ModeMix.ASSIGNED_ONLY);

    post(
        "/v1/events",
        """
        {"events":[
          {"client_id":"jane","query_id":"q","action_name":"click","timestamp":5,"object_id":"p1"},
          {"client_id":"jane","query_id":"q","action_name":"stare","timestamp":5}]}
        """);

    String jane = pseudonyms.allOf("jane").iterator().next();
    assertThat(log.events).containsOnlyKeys(jane);
    JsonNode payload = json.readTree(Packed.bytes(log.deadLetters.get(0).getPayload()));
    assertThat(payload.get("client_id").textValue()).isEqualTo(jane);
  }

  @Test
  void eventsThatKafkaDoesNotAcknowledgeAreToBeSentAgain() throws Exception {
    log.acknowledgement = new CompletableFuture<>();
    String batch =
        "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"query\",\"timestamp\":5}]}";

    HttpResponse<String> reply = post("/v1/events", batch);

    assertProblem(reply, 503, "signal-unavailable");
    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void takesEventsOfAllowedPagesAndLetsThemReadTheAnswer() throws Exception {
    String batch =
        "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"query\",\"timestamp\":5}]}";

    HttpResponse<String> accepted = fromPage("https://shop.example", "POST", batch);
    HttpResponse<String> broken = fromPage("https://shop.example", "POST", "{");
    HttpResponse<String> preflight = fromPage("https://shop.example", "OPTIONS", "");
    HttpResponse<String> own = fromPage("http://127.0.0.1:" + server.port(), "POST", batch);
    HttpResponse<String> foreign = fromPage("https://other.example", "POST", batch);

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example");
    assertProblem(broken, 400, "bad-request");
    assertThat(broken.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("content-type");
    assertThat(own.statusCode()).isEqualTo(202);
    assertProblem(foreign, 403, "foreign-origin");
    assertThat(foreign.body()).contains("serving.event-origins");
    assertThat(log.events).containsOnlyKeys("c");
  }

  @Test
  void theExamplesForCurlRunAsTheyStand() throws Exception {
    Optional<Program> bash = Program.find("bash");
    assumeTrue(
        bash.isPresent() && Program.find("curl").isPresent(), "There is no bash or no curl here");
    String page = Files.readString(Path.of("..", "docs", "storefront-integration.md"));
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    Matcher blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (blocks.find()) {
      script.append(blocks.group(1));
    }

    Program.Ended ended =
        bash.get()
            .run(
                Path.of("."),
                Map.of(),
                Duration.ofMinutes(1),
                "-c",
                script.toString().replace("localhost:8080", "127.0.0.1:" + server.port()));

    assertThat(ended.exitCode()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("\"accepted\":1,", "\"accepted\":3,");
    assertThat(log.deadLetters).isEmpty();
    assertThat(log.events.get("visitor-1").getActionName()).isEqualTo("purchase");
    assertThat(log.decisions).hasSize(1);
  }

  @Test
  void theBeaconItServesTalksToIt() throws Exception {
    Optional<Program> node = Program.node();
    assumeTrue(node.isPresent(), Program.NO_NODE);
    HttpResponse<String> beacon = get("/v1/beacon.js");
    assertThat(beacon.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    String script =
        """
        const source = await (await fetch('%1$s/v1/beacon.js')).text();
        const { createBeacon } = await import('data:text/javascript,' + encodeURIComponent(source));
        const beacon = createBeacon({ url: '%1$s/v1/events', clientId: 'browser', consent: true,
          onRefused: (refusal) => console.log('refused', refusal.field) });
        beacon.track({ action_name: 'click', query_id: 'q', object_id: 'p1', position_ordinal: 2 });
        beacon.track({ action_name: 'click', query_id: 'q' });
        await beacon.flush();
        console.log(JSON.stringify(beacon.stats()));
        """
            .formatted("http://127.0.0.1:" + server.port());

    Program.Ended ended =
        node.get()
            .run(
                Path.of("."), Map.of(), Duration.ofMinutes(1), "--input-type=module", "-e", script);

    assertThat(ended.said()).contains("refused object_id").contains("\"accepted\":1,\"refused\":1");
    assertThat(log.events).containsOnlyKeys("browser");
    assertThat(log.events.get("browser").getPositionOrdinal()).isEqualTo(2);
  }

  @Test
  void aBodyBeyondOneMebibyteIsRefused() throws Exception {
    byte[] large = new byte[EndpointHandler.MAX_BODY_BYTES + 1];
    assertThat(answerToHeadersAlone(large.length)).contains(" 413 ").contains("too-large");
    // Of unknown length, sent in chunks.
    assertProblem(
        send(
            "/v1/events",
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(large)))),
        413,
        "too-large");
  }

  @Test
  void unknownPathsAndMethodsAreProblems() throws Exception {
    assertProblem(get("/v2/search"), 404, "not-found");
    HttpResponse<String> reply = get("/v1/search");
    assertProblem(reply, 405, "method-not-allowed");
    assertThat(reply.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void describesExactlyThePathsItAnswers() throws Exception {
    slots.promote();
    JsonNode paths = ok(get("/openapi.json")).get("paths");

    Set<String> described = new TreeSet<>();
    paths.fieldNames().forEachRemaining(described::add);
    assertThat(json.readTree(get("/v2").body()).get("detail").textValue())
        .contains("expected one of " + described);
    for (String path : described) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(paths.get(path).has("get") ? 200 : 405);
    }
  }

  @Test
  void moreRequestsThanFitAreToldToComeBackWhileProbesStillAnswer() throws Exception {
    catalogue =
        () -> {
          awaitGate();
          return shop.acquire();
        };
    List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
    CountDownLatch refused = new CountDownLatch(8);
    for (int i = 0; i < 12; i++) {
      replies.add(
          client.sendAsync(
              request("/v1/search", BodyPublishers.ofString(SEARCH)),
              HttpResponse.BodyHandlers.ofString()));
    }
    replies.forEach(reply -> reply.thenRun(refused::countDown));
    assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    gate.countDown();

    List<Integer> statuses = replies.stream().map(reply -> reply.join().statusCode()).toList();
    // Two threads and a queue of two hold four; the other eight are refused.
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(4);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(8);
  }

  @Test
  void aRollbackIsAnsweredWithItsVerdictOnceItIsObeyed() throws Exception {
    slots.promote();
    slots.promoteNext();

    JsonNode reply = ok(order("{\"to_version\":3,\"who\":\"ann\",\"why\":\"null results\"}"));

    assertThat(reply.get("verdict").get("effective").booleanValue()).isTrue();
    assertThat(reply.get("verdict").get("offset").longValue()).isEqualTo(2);
    assertThat(reply.get("head").get("active_version").longValue()).isEqualTo(Slots.VERSION);
    assertThat(slots.active.identity())
        .hasValueSatisfying(i -> assertThat(i.lineage()).isEqualTo(2));
    assertThat(ok(get("/v1/policy")).get("log").get("head_by").textValue()).isEqualTo("ann");
  }

  @Test
  void ofTwoRollbacksUponOneHeadTheSecondHearsWhoWasFaster() throws Exception {
    slots.promote();
    slots.promoteNext();
    ok(order("{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\",\"expected_head\":1}"));

    HttpResponse<String> late =
        order("{\"to_version\":4,\"who\":\"bob\",\"why\":\"y\",\"expected_head\":1}");

    assertProblem(late, 409, "overtaken");
    assertThat(late.body()).contains("expected head 1, found 2", "decided by 'ann'");
    assertThat(slots.active.identity())
        .hasValueSatisfying(i -> assertThat(i.version()).isEqualTo(Slots.VERSION));
  }

  @Test
  void rollbacksThatCannotBeOrderedAreProblemsAndWriteNothing() throws Exception {
    slots.promote();
    String usable = "{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}";

    assertProblem(
        order("{\"to_version\":77,\"who\":\"ann\",\"why\":\"x\"}"), 422, "unknown-release");
    assertProblem(order("{\"to_version\":3,\"why\":\"x\"}"), 400, "bad-request");
    assertProblem(post("/v1/policy/rollback", usable), 415, "unsupported-media-type");
    control = false;
    restart(ModeMix.ASSIGNED_ONLY);
    HttpResponse<String> forbidden = order(usable);
    assertProblem(forbidden, 403, "forbidden");
    assertThat(forbidden.body()).contains("serving.control-over-http=true");
    assertThat(nextOffset).hasValue(2);
  }

  @Test
  void viewersLookOperatorsDecideAndTheLogNamesThem() throws Exception {
    slots.promote();
    slots.promoteNext();
    users = Optional.of(users("ann", "ben"));
    restart(ModeMix.ASSIGNED_ONLY);
    String order = "{\"to_version\":3,\"why\":\"null results\"}";

    HttpResponse<String> stranger = get("/v1/policy");
    assertProblem(stranger, 401, "unauthenticated");
    assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
    assertProblem(get("/v1/head-queries"), 401, "unauthenticated");
    assertProblem(order(order), 401, "unauthenticated");
    assertProblem(signedIn("ben", "/v1/policy/rollback", order), 403, "forbidden");
    String ofBob = "{\"to_version\":3,\"who\":\"bob\",\"why\":\"x\"}";
    assertProblem(signedIn("ann", "/v1/policy/rollback", ofBob), 400, "bad-request");
    assertThat(nextOffset).hasValue(2);

    ok(signedIn("ann", "/v1/policy/rollback", order));

    JsonNode policy = ok(signedIn("ben", "/v1/policy", ""));
    assertThat(policy.get("log").get("head_by").textValue()).isEqualTo("ann");
    assertThat(get("/readyz").statusCode()).as("probes ask nobody").isEqualTo(200);
    ok(post("/v1/search", SEARCH));
  }

  @Test
  void aRollbackThatKafkaDoesNotTakeIsToBeRepeatedAndOneWithoutVerdictIsNot() throws Exception {
    slots.promote();
    String order = "{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}";

    controlLog = decision -> CompletableFuture.failedFuture(new KafkaException("away"));
    assertProblem(order(order), 503, "control-unavailable");
    controlLog = decision -> CompletableFuture.completedFuture(9L); // stored, never folded
    HttpResponse<String> pending = order(order);

    assertThat(pending.statusCode()).isEqualTo(202);
    assertThat(json.readTree(pending.body()).get("offset").longValue()).isEqualTo(9);
  }

  @Test
  void saysInReadyzAndMetricsWhyAReleaseIsNotServed() throws Exception {
    slots.promote();
    slots.promoteTampered();

    HttpResponse<String> ready = get("/readyz");

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .contains("\"policy_version\":" + (Slots.VERSION + 1), "\"fault\":\"hash\"", "SHA-256");
    assertThat(get("/metrics").body())
        .contains("searchloop_policy_rejections_total{fault=\"hash\",slot=\"active\"} 1.0");
  }

  @Test
  void staysReadyWithoutKafkaAndSaysThatItIsAway() throws Exception {
    slots.promote();
    assertThat(ok(get("/readyz")).get("away")).isEmpty();

    now = now.plusSeconds(120);

    assertThat(ok(get("/readyz")).get("away").get("kafka").textValue())
        .startsWith("Silent for 120 s.");
    kafka.heard();
    assertThat(ok(get("/readyz")).get("away")).isEmpty();
  }

  @Test
  void isReadyOnceCatalogueAndPolicyAre() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    slots.promote();
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    live = false;
    assertThat(get("/livez").statusCode()).isEqualTo(503);
  }

  @Test
  void showsMetricsPoliciesAndHeadQueries() throws Exception {
    slots.promote();
    ok(post("/v1/search", SEARCH));

    assertThat(get("/metrics").body())
        .contains("searchloop_requests_total{endpoint=\"/v1/search\",status=\"200\"} 1.0")
        .contains("searchloop_policy_version{slot=\"active\"} 3.0");
    JsonNode policy = ok(get("/v1/policy"));
    assertThat(policy.get("active").get(0).get("state").textValue()).isEqualTo("active");
    assertThat(policy.get("active").get(0).get("policy_version").longValue()).isEqualTo(3);
    assertThat(policy.get("log").get("head").get("active_version").longValue()).isEqualTo(3);
    assertThat(ok(get("/v1/head-queries?limit=1")).get("queries").get(0).get("count").longValue())
        .isEqualTo(9);
    assertProblem(get("/v1/head-queries?limit=x"), 400, "bad-request");
  }

  private void assertProblem(HttpResponse<String> reply, int status, String type) throws Exception {
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json.readTree(reply.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("type").textValue()).isEqualTo("urn:searchloop:problem:" + type);
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue()).isNotBlank();
  }

  private JsonNode ok(HttpResponse<String> reply) throws Exception {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json.readTree(reply.body());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
  }

  private HttpResponse<String> fromPage(String origin, String method, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri("/v1/events"))
            .header("Origin", origin)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String path, HttpRequest.BodyPublisher body) throws Exception {
    return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  /** A body that is refused unread would race with the reply, so none is sent. */
  private String answerToHeadersAlone(int contentLength) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n";
      socket.getOutputStream().write(request.formatted(contentLength).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(uri(path)).POST(body).build();
  }

  private HttpResponse<String> signedIn(String name, String path, String body) throws Exception {
    String pair = name + ":" + PASSWORD;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    return client.send(
        (body.isEmpty() ? request : request.POST(BodyPublishers.ofString(body))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private Users users(String... names) throws Exception {
    Path file = folder.resolve("users");
    PasswordHash hash = PasswordHash.of(PASSWORD, new SecureRandom());
    for (String name : names) {
      Users.append(file, new User(name, name.equals("ann") ? Role.OPERATOR : Role.VIEWER, hash));
    }
    return Users.read(file);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stores and folds a decision, as Kafka and the policy feed do. */
  private CompletableFuture<Long> append(PolicyControl decision) {
    long offset = nextOffset.getAndIncrement();
    slots.activator.control(offset, decision);
    slots.activator.settle();
    return CompletableFuture.completedFuture(offset);
  }

  private HttpResponse<String> order(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri("/v1/policy/rollback"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void restart(ModeMix modes) {
    server.close();
    server = server(500, modes);
    server.start();
  }

  private HttpServer server(int eventTimeoutMs, ModeMix modes) {
    Traffic traffic =
        new Traffic(
            new ArmAssignment(0, 0, ""),
            modes,
            query -> query.startsWith("red") ? Stratum.TAIL : Stratum.HEAD);
    CandidateSource candidates =
        new CandidateSource(
            new Prompts(Optional::empty),
            new RewriteSampler(new SamplerSettings(2, 1)),
            slots.slates,
            traffic.strata(),
            missed -> {},
            rules,
            slots.metrics);
    Decider decider =
        new Decider(
            traffic,
            slots.active,
            slots.reference,
            candidates,
            Duration.ofSeconds(30),
            InstantSource.system(),
            new RequestRandom(new SplittableRandom(1)),
            slots.metrics);
    PageMaker pages =
        new PageMaker(true, new PageMerger(ExaminationCurve.logarithmic(10), slots.metrics));
    WorkerHealth health =
        new WorkerHealth(() -> live, () -> true, () -> slots.active.identity().isPresent(), kafka);
    return new HttpServer(
        new HttpSettings(
            "127.0.0.1",
            0,
            2,
            2,
            10,
            Duration.ofMillis(eventTimeoutMs),
            Origins.of("https://shop.example"),
            pseudonyms,
            control,
            users,
            Duration.ofSeconds(10)),
        new HttpServices(
            decider,
            log,
            log,
            () -> catalogue.acquire(),
            SearchRule.DEFAULT,
            rules,
            pages,
            unseen::add,
            limit -> Optional.of(List.of(new HeadQuery("red shoes", "", 9))),
            health,
            slots.activator::status,
            slots.active,
            slots.reference,
            new ControlDesk(
                decision -> controlLog.append(decision),
                slots.activator,
                InstantSource.system(),
                () -> "order-" + nextOffset),
            InstantSource.system(),
            slots.metrics));
  }

  private static Product product(String id, String title, String category) {
    return new Product(id, title, "", category, "", Map.of());
  }
}
