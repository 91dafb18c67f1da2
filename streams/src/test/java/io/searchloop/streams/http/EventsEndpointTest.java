package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.privacy.PseudonymFile;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.testkit.Program;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsEndpointTest {
  private final ObjectMapper json = new ObjectMapper();
  private final TestedServer server = new TestedServer();
  private final RecordingLog log = server.log;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void eventsAreAcceptedAndRefusedByName() throws Exception {
    HttpResponse<String> reply =
        server.post(
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
    server.pseudonyms = Pseudonyms.of(keys.toString());
    server.restart(ModeMix.ASSIGNED_ONLY);

    server.post(
        "/v1/events",
        """
        {"events":[
          {"client_id":"jane","query_id":"q","action_name":"click","timestamp":5,"object_id":"p1"},
          {"client_id":"jane","query_id":"q","action_name":"stare","timestamp":5}]}
        """);

    String jane = server.pseudonyms.allOf("jane").iterator().next();
    assertThat(log.events).containsOnlyKeys(jane);
    JsonNode payload = json.readTree(Packed.bytes(log.deadLetters.get(0).getPayload()));
    assertThat(payload.get("client_id").textValue()).isEqualTo(jane);
  }

  @Test
  void aBatchHasAThousandEventsAtMost() throws Exception {
    HttpResponse<String> most =
        server.post("/v1/events", "{\"events\":[%s1]}".formatted("1,".repeat(999)));
    HttpResponse<String> tooMany =
        server.post("/v1/events", "{\"events\":[%s1]}".formatted("1,".repeat(1000)));

    assertThat(most.statusCode()).isEqualTo(202);
    assertProblem(tooMany, 413, "too-large");
    assertThat(tooMany.body()).contains("has 1001 events, expected at most 1000");
    assertThat(log.deadLetters).hasSize(1000);
  }

  @Test
  void eventsThatKafkaDoesNotAcknowledgeAreToBeSentAgain() throws Exception {
    log.acknowledgement = new CompletableFuture<>();
    String batch =
        "{\"events\":[{\"client_id\":\"c\",\"query_id\":\"q\",\"action_name\":\"query\",\"timestamp\":5}]}";

    HttpResponse<String> reply = server.post("/v1/events", batch);

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
    // Unread, its beacon would take it for an outage and send for ever.
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    assertThat(log.events).containsOnlyKeys("c");
  }

  @Test
  void theBeaconItServesTalksToIt() throws Exception {
    Optional<Program> node = Program.node();
    assumeTrue(node.isPresent(), Program.NO_NODE);
    HttpResponse<String> beacon = server.get("/v1/beacon.js");
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

  private HttpResponse<String> fromPage(String origin, String method, String body)
      throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/v1/events"))
            .header("Origin", origin)
            .method(method, BodyPublishers.ofString(body)));
  }
}
