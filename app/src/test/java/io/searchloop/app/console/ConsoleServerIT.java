package io.searchloop.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.cli.Main;
import io.searchloop.app.console.ConsoleConfig.Control;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.ReleaseRecords;
import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.Doorkeeper;
import io.searchloop.schemas.access.PasswordHash;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.access.User;
import io.searchloop.schemas.access.Users;
import io.searchloop.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's interface on real topics, without a loop. */
class ConsoleServerIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery staple";
  private static final int LARGER_THAN_ANY_ORDER = 70_000;

  @TempDir static Path directory;
  private static Platform platform;
  private static ConsoleServer console;
  private static List<Long> versions;

  @BeforeAll
  static void start() throws Exception {
    platform =
        Platform.start(
            directory,
            LoopSettings.of(
                Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"),
                false));
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    RewardConfigLog.append(
        platform.bootstrapServers(),
        platform.serdes(),
        RewardConfig.newBuilder().setEffectiveFrom(Instant.EPOCH).setPurchase(7).build());
    versions = ReleaseRecords.publish(platform.bootstrapServers(), platform.serdes(), -1, 3);
    console = serve(Control.LOCAL);
  }

  @AfterAll
  static void stop() {
    console.close();
    platform.close();
  }

  @Test
  void servesThePageFromItselfAlone() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Searchloop console</title>").doesNotContain("//cdn");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue(ConsoleHandler.CONTENT_POLICY);
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(get("/vendor/uplot/uPlot.esm.js").statusCode()).isEqualTo(200);
    assertThat(get("/main.js").headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(get("/../Main.class").statusCode()).isIn(400, 404);
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(send(post("/", "{}")).statusCode()).isEqualTo(405);
  }

  @Test
  void refusesBadOrdersByNameAndWritesNone() throws Exception {
    int before = decisions();
    assertRefused("{", "not JSON");
    assertRefused("null", "Body is null");
    assertRefused("{\"colour\":1}", "`colour` is unknown");
    assertRefused("{\"action\":\"EXPLODE\"}", "`action` is 'EXPLODE'");
    assertRefused("{\"action\":\"ROLLBACK\",\"version\":\"7\"}", "`version` cannot be used");
    assertRefused("{\"action\":\"ROLLBACK\"}", "`version` is null");
    assertRefused("{\"action\":\"FREEZE\",\"version\":1}", "`version` is 1, expected none");
    assertRefused("{\"action\":\"CANARY\",\"version\":1,\"percent\":101}", "`percent` is 101");
    assertRefused("{\"action\":\"FREEZE\"}", "`who` is missing");
    assertRefused("{\"action\":\"FREEZE\",\"who\":\"anna\",\"why\":\" \"}", "`why` is missing");
    assertRefused("{\"action\":\"FREEZE\",\"who\":\"a\",\"why\":\"b\"}", "`expected_head`");
    assertRefused(order("ROLLBACK", 4711L, head()), "no release is at this offset");
    assertRefused(order("FREEZE", null, 4711), "You decided upon head 4711. Nothing is written.");
    assertThat(statusOfAnOrderThatSays(LARGER_THAN_ANY_ORDER)).contains(" 413 ");
    assertThat(decisions()).isEqualTo(before);
  }

  /** No byte of it is sent: a server that has not read all may cut the answer off. */
  private static String statusOfAnOrderThatSays(int length) throws Exception {
    URI address = URI.create(console.url());
    String head =
        "POST /api/policy HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%s: 1\r\nContent-Length: %d\r\n\r\n"
            .formatted(address.getAuthority(), RequestGuard.HEADER, length);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  @Test
  void refusesWhatAnotherSiteSends() throws Exception {
    int before = decisions();
    String freeze = order("FREEZE", null, head());
    HttpRequest.Builder bare =
        HttpRequest.newBuilder(URI.create(console.url() + "/api/policy"))
            .POST(HttpRequest.BodyPublishers.ofString(freeze));

    assertThat(send(bare).statusCode()).isEqualTo(403);
    assertThat(send(post("/api/policy", freeze).header("Origin", "http://evil.example")).body())
        .contains("Origin is 'http://evil.example'");
    try (ConsoleServer looking = serve(Control.NEVER)) {
      HttpRequest.Builder there =
          post("/api/policy", freeze).uri(URI.create(looking.url() + "/api/policy"));
      assertThat(send(there).body()).contains("takes no actions");
    }
    assertThat(decisions()).isEqualTo(before);
  }

  @Test
  void viewersLookOperatorsDecideAndTheLogNamesThem() throws Exception {
    Path users = directory.resolve("users");
    PasswordHash hash = PasswordHash.of(PASSWORD, new SecureRandom());
    Users.append(users, new User("nora", Role.OPERATOR, hash));
    Users.append(users, new User("vera", Role.VIEWER, hash));
    int before = decisions();
    String freeze = unsigned("FREEZE");
    try (ConsoleServer asking = serve(Control.LOCAL, users.toString())) {
      HttpResponse<String> stranger = send(at(asking, "/"));
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(stranger.headers().firstValue("WWW-Authenticate")).hasValue(Doorkeeper.CHALLENGE);
      assertThat(stranger.body()).doesNotContain("<html");
      assertThat(send(at(asking, "/api/loop", "nora", "wrong")).statusCode()).isEqualTo(401);

      JsonNode seen = JSON.readTree(send(at(asking, "/api/loop", "vera", PASSWORD)).body());
      assertThat(seen.get("takes_actions").booleanValue()).isFalse();
      assertThat(seen.at("/user/name").textValue()).isEqualTo("vera");
      assertThat(send(posted(asking, "vera", freeze)).body())
          .contains("'vera' is a viewer, expected an operator");
      assertThat(send(posted(asking, "nora", freeze.replace("{", "{\"who\":\"vera\","))).body())
          .contains("`who` is 'vera', expected 'nora'");
      assertThat(decisions()).isEqualTo(before);

      assertThat(send(posted(asking, "nora", freeze)).statusCode()).isEqualTo(200);
      assertThat(send(posted(asking, "nora", unsigned("UNFREEZE"))).statusCode()).isEqualTo(200);
    }
    assertThat(history().decisions())
        .extracting(decision -> decision.value().getWho())
        .endsWith("nora", "nora");
  }

  @Test
  void refusesAtItsStartUsersThatItCannotRead() {
    assertThatThrownBy(() -> serve(Control.LOCAL, directory.resolve("no-such-file").toString()))
        .hasMessageContaining("no-such-file: no readable file of users")
        .hasMessageContaining("./searchloop users add");
  }

  @Test
  void takesNoMoreThanSixtyActionsAMinute() throws Exception {
    try (ConsoleServer busy = serve(Control.LOCAL)) {
      HttpRequest.Builder bad =
          post("/api/policy", "{").uri(URI.create(busy.url() + "/api/policy"));
      for (int i = 0; i < 60; i++) {
        assertThat(send(bad).statusCode()).isEqualTo(400);
      }
      HttpResponse<String> refused = send(bad);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
    }
  }

  @Test
  void decidesWithTheVerdictOfTheFoldAndTellsWhoWasOvertaken() throws Exception {
    long seen = head();
    JsonNode promoted = answer(order("PROMOTE", versions.get(0), seen));
    assertThat(promoted.at("/verdict/effective").booleanValue()).isTrue();
    assertThat(promoted.at("/head/active_version").longValue()).isEqualTo(versions.get(0));
    assertRefused(
        order("PROMOTE", versions.get(1), seen), "anna decided PROMOTE meanwhile: as tested");

    long frozen = answer(order("FREEZE", null, head())).at("/verdict/offset").longValue();
    assertRefused(order("PROMOTE", versions.get(1), frozen), "is void: promotions are frozen");
    JsonNode back = answer(order("ROLLBACK", versions.get(0), head()));
    assertThat(back.at("/head/lineage").longValue())
        .isEqualTo(back.at("/verdict/offset").longValue());
    answer(order("UNFREEZE", null, head()));

    assertThat(history().decisions())
        .filteredOn(decision -> decision.value().getWhy().equals("as tested"))
        .extracting(decision -> decision.value().getWho())
        .containsOnly("anna")
        .hasSize(5);
    Eventually.present(
        () ->
            Optional.of(JSON.readTree(get("/api/policies").body()))
                .filter(seenLater -> seenLater.at("/head/head_offset").longValue() == head())
                .filter(seenLater -> seenLater.get("releases").size() == versions.size()));
  }

  @Test
  void whatTheLoopDecidesByItselfDoesNotStandInAPersonsWay() throws Exception {
    long seen = head();
    try (ControlWriter loop =
        new ControlWriter(platform.bootstrapServers(), platform.serdes(), InstantSource.system())) {
      Verdict frozen =
          loop.decide(ControlAction.FREEZE, -1, ControlLog.LOOP, "as the loop does", seen);
      assertThat(frozen.effective()).isTrue();
    }

    String order = order("UNFREEZE", null, seen).replace("as tested", "beside the loop");
    assertThat(answer(order).at("/head/frozen").booleanValue()).isFalse();
  }

  @Test
  void previewsARewardChangeAndWritesItOnlyUponWhatItsAuthorSaw() throws Exception {
    String last = JSON.readTree(get("/api/reward-configs").body()).get("last").textValue();
    String wish =
        "{\"changes\":{\"click\":\"2\"},\"effective_from\":\"PT5M\",\"expected_last\":\"%s\"}"
            .formatted(last);

    HttpResponse<String> preview = send(post("/api/reward-configs/preview", wish));
    assertThat(preview.body()).contains("click: 1.0 -> 2.0");
    assertThat(configs()).hasSize(1);
    assertConfigRefused(wish.replace("PT5M", "PT1S"), "at least PT30S ahead");
    assertConfigRefused(wish.replace("\"2\"", "\"much\""), "much");
    assertConfigRefused(wish.replace("click", "clack"), "clack");
    assertConfigRefused("{\"changes\":{}}", "`expected_last`");
    assertThat(configs()).hasSize(1);

    assertThat(send(post("/api/reward-configs", wish)).statusCode()).isEqualTo(200);
    assertThat(configs()).hasSize(2);
    assertThat(configs().get(1).getClick()).isEqualTo(2);
    assertThat(configs().get(1).getPurchase()).isEqualTo(7);
    assertConfigRefused(wish, "Preview your change again");
  }

  @Test
  void saysWhatItDidNotFind() throws Exception {
    assertThat(get("/api/trace?query_id=unheard-of").body())
        .contains("No decision has the id unheard-of", Topics.DECISIONS.name());
    assertThat(get("/api/trace").body()).contains("`query_id` has 0 characters");
    assertThat(get("/api/examples?limit=1000").body()).contains("`limit`", "1 to 100");
    assertThat(get("/api/examples?with_outcome=maybe").body()).contains("true or false");
    assertThat(send(post("/api/replay", "{\"all\":true}")).body()).contains("`all` is unknown");
    assertThat(get("/api/replay").body()).contains("\"state\" : \"NONE\"");
    assertThat(get("/api/dead-letters").body()).contains("\"total\" : 0");
  }

  private static ConsoleServer serve(Control control) {
    return serve(control, "");
  }

  private static ConsoleServer serve(Control control, String users) {
    return ConsoleServer.start(
        new ConsoleConfig("127.0.0.1", 0, control, "", Duration.ofMinutes(1), users),
        new LoopConnection(platform.bootstrapServers(), platform.serdes()),
        ConsoleHome.here(directory, Main.class, Map.of()),
        InstantSource.system());
  }

  private static String order(String action, Long version, long expectedHead) throws IOException {
    var order = JSON.createObjectNode().put("action", action).put("who", "anna");
    order.put("why", "as tested").put("expected_head", expectedHead);
    return JSON.writeValueAsString(version == null ? order : order.put("version", version));
  }

  /** An order that says why, and leaves who to the one who signs in. */
  private static String unsigned(String action) throws IOException {
    return order(action, null, head())
        .replace("\"who\":\"anna\",", "")
        .replace("as tested", "as asked");
  }

  private static JsonNode answer(String order) throws Exception {
    HttpResponse<String> response = send(post("/api/policy", order));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static void assertRefused(String order, String expected) throws Exception {
    assertProblem(send(post("/api/policy", order)), expected);
  }

  private static void assertConfigRefused(String wish, String expected) throws Exception {
    assertProblem(send(post("/api/reward-configs/preview", wish)), expected);
    assertProblem(send(post("/api/reward-configs", wish)), expected);
  }

  private static void assertProblem(HttpResponse<String> response, String expected)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isBetween(400, 422);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("type").textValue()).startsWith("urn:searchloop:problem:");
    assertThat(problem.get("detail").textValue()).contains(expected);
  }

  private static PolicyHistory history() {
    return PolicyHistory.read(platform.bootstrapServers(), platform.serdes());
  }

  private static long head() {
    return history().control().head().headOffset();
  }

  private static int decisions() {
    return history().decisions().size();
  }

  private static List<RewardConfig> configs() {
    return RewardConfigLog.read(platform.bootstrapServers(), platform.serdes())
        .schedule()
        .configs();
  }

  private static HttpRequest.Builder at(ConsoleServer where, String path) {
    return HttpRequest.newBuilder(URI.create(where.url() + path));
  }

  private static HttpRequest.Builder at(
      ConsoleServer where, String path, String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(UTF_8);
    return at(where, path)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static HttpRequest.Builder posted(ConsoleServer where, String name, String order) {
    return at(where, "/api/policy", name, PASSWORD)
        .header("Content-Type", "application/json")
        .header(RequestGuard.HEADER, "1")
        .POST(HttpRequest.BodyPublishers.ofString(order));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(console.url() + path)));
  }

  private static HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(console.url() + path))
        .header("Content-Type", "application/json")
        .header(RequestGuard.HEADER, "1")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
