package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static io.searchloop.streams.http.Replies.ok;
import static io.searchloop.streams.http.TestedServer.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.access.PasswordHash;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.access.User;
import io.searchloop.schemas.access.Users;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.testing.Releases;
import io.searchloop.streams.testing.Slots;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackEndpointTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final ObjectMapper json = new ObjectMapper();
  private final TestedServer server = new TestedServer();
  private final Slots slots = server.slots;
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
  void aRollbackIsAnsweredWithItsVerdictOnceItIsObeyed() throws Exception {
    slots.promote();
    slots.promoteNext();

    JsonNode reply = ok(order("{\"to_version\":3,\"who\":\"ann\",\"why\":\"null results\"}"));

    assertThat(reply.get("verdict").get("effective").booleanValue()).isTrue();
    assertThat(reply.get("verdict").get("offset").longValue()).isEqualTo(2);
    assertThat(reply.get("head").get("active_version").longValue()).isEqualTo(Slots.VERSION);
    assertThat(slots.active.identity())
        .hasValueSatisfying(i -> assertThat(i.lineage()).isEqualTo(2));
    assertThat(ok(server.get("/v1/policy")).get("log").get("head_by").textValue()).isEqualTo("ann");
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
  void theLoopStandsInNobodysWay() throws Exception {
    slots.promote();
    slots.promoteNext();
    server.controlLog =
        decision -> {
          server.controlLog = server::append;
          server.append(ofLoop(ControlAction.PROMOTE, Slots.VERSION, 1));
          return server.append(decision);
        };

    JsonNode reply = ok(order("{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}"));
    assertThat(reply.get("verdict").get("offset").longValue())
        .as("the second attempt")
        .isEqualTo(4);
    server.append(ofLoop(ControlAction.FREEZE, -1, 4));
    ok(order("{\"to_version\":4,\"who\":\"bob\",\"why\":\"y\",\"expected_head\":4}"));

    assertThat(slots.active.identity())
        .hasValueSatisfying(i -> assertThat(i.version()).isEqualTo(4));
    assertThat(server.nextOffset).as("none was void meanwhile").hasValue(7);
  }

  @Test
  void whoeverTheLoopOvertookUntilTheTimeIsUpIsTold() throws Exception {
    slots.promote();
    slots.promoteNext();
    server.clock = () -> Instant.EPOCH;
    server.controlLog =
        decision -> {
          long head = slots.activator.status().head().headOffset();
          server.append(ofLoop(ControlAction.FREEZE, -1, head));
          server.clock = () -> Instant.EPOCH.plusSeconds(1);
          return server.append(decision);
        };

    HttpResponse<String> late = order("{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}");

    assertProblem(late, 409, "overtaken");
    assertThat(late.body()).contains("decided by '" + ControlLog.LOOP + "'");
    assertThat(server.nextOffset).as("one attempt").hasValue(4);
  }

  @Test
  void rollbacksThatCannotBeOrderedAreProblemsAndWriteNothing() throws Exception {
    slots.promote();
    String usable = "{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}";

    assertProblem(
        order("{\"to_version\":77,\"who\":\"ann\",\"why\":\"x\"}"), 422, "unknown-release");
    assertProblem(order("{\"to_version\":3,\"why\":\"x\"}"), 400, "bad-request");
    String asTheLoop = usable.replace("ann", ControlLog.LOOP);
    assertProblem(order(asTheLoop), 400, "bad-request");
    assertProblem(server.post("/v1/policy/rollback", usable), 415, "unsupported-media-type");
    server.control = false;
    server.restart(ModeMix.ASSIGNED_ONLY);
    HttpResponse<String> forbidden = order(usable);
    assertProblem(forbidden, 403, "forbidden");
    assertThat(forbidden.body()).contains("serving.control-over-http=true");
    assertThat(server.nextOffset).hasValue(2);
  }

  @Test
  void viewersLookOperatorsDecideAndTheLogNamesThem() throws Exception {
    slots.promote();
    slots.promoteNext();
    server.users = Optional.of(users("ann", "ben"));
    server.restart(ModeMix.ASSIGNED_ONLY);
    String order = "{\"to_version\":3,\"why\":\"null results\"}";

    HttpResponse<String> stranger = server.get("/v1/policy");
    assertProblem(stranger, 401, "unauthenticated");
    assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
    assertProblem(server.get("/v1/head-queries"), 401, "unauthenticated");
    assertProblem(order(order), 401, "unauthenticated");
    assertProblem(signedIn("ben", "/v1/policy/rollback", order), 403, "forbidden");
    String ofBob = "{\"to_version\":3,\"who\":\"bob\",\"why\":\"x\"}";
    assertProblem(signedIn("ann", "/v1/policy/rollback", ofBob), 400, "bad-request");
    assertThat(server.nextOffset).hasValue(2);

    ok(signedIn("ann", "/v1/policy/rollback", order));

    JsonNode policy = ok(signedIn("ben", "/v1/policy", ""));
    assertThat(policy.get("log").get("head_by").textValue()).isEqualTo("ann");
    assertThat(server.get("/readyz").statusCode()).as("probes ask nobody").isEqualTo(200);
    ok(server.post("/v1/search", SEARCH));
  }

  @Test
  void aRollbackThatKafkaDoesNotTakeIsToBeRepeatedAndOneWithoutVerdictIsNot() throws Exception {
    slots.promote();
    String order = "{\"to_version\":3,\"who\":\"ann\",\"why\":\"x\"}";

    server.controlLog = decision -> CompletableFuture.failedFuture(new KafkaException("away"));
    assertProblem(order(order), 503, "control-unavailable");
    server.controlLog = decision -> CompletableFuture.completedFuture(9L); // stored, never folded
    HttpResponse<String> pending = order(order);

    assertThat(pending.statusCode()).isEqualTo(202);
    assertThat(json.readTree(pending.body()).get("offset").longValue()).isEqualTo(9);
  }

  private static PolicyControl ofLoop(ControlAction action, long version, long head) {
    return PolicyControl.newBuilder(Releases.control(action, version, head))
        .setWho(ControlLog.LOOP)
        .build();
  }

  private HttpResponse<String> order(String body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/v1/policy/rollback"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> signedIn(String name, String path, String body) throws Exception {
    String pair = name + ":" + PASSWORD;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    return server.send(body.isEmpty() ? request : request.POST(BodyPublishers.ofString(body)));
  }

  private Users users(String... names) throws Exception {
    Path file = folder.resolve("users");
    PasswordHash hash = PasswordHash.of(PASSWORD, new SecureRandom());
    for (String name : names) {
      Users.append(file, new User(name, name.equals("ann") ? Role.OPERATOR : Role.VIEWER, hash));
    }
    return Users.read(file);
  }
}
