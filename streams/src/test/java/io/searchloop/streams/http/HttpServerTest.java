package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static io.searchloop.streams.http.Replies.ok;
import static io.searchloop.streams.http.TestedServer.SEARCH;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.streams.testing.Slots;
import io.searchloop.testkit.Program;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every path: limits, names and the documented examples. */
class HttpServerTest {
  private final ObjectMapper json = new ObjectMapper();
  private final TestedServer server = new TestedServer();
  private final RecordingLog log = server.log;
  private final Slots slots = server.slots;
  private final CountDownLatch gate = new CountDownLatch(1);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    gate.countDown();
    server.close();
  }

  @Test
  void aBodyBeyondOneMebibyteIsRefused() throws Exception {
    byte[] large = new byte[EndpointHandler.MAX_BODY_BYTES + 1];
    assertThat(answerToHeadersAlone(large.length)).contains(" 413 ").contains("too-large");
    // Of unknown length, sent in chunks.
    assertProblem(
        server.send(
            HttpRequest.newBuilder(server.uri("/v1/events"))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(large))))),
        413,
        "too-large");
  }

  @Test
  void unknownPathsAndMethodsAreProblems() throws Exception {
    assertProblem(server.get("/v2/search"), 404, "not-found");
    HttpResponse<String> reply = server.get("/v1/search");
    assertProblem(reply, 405, "method-not-allowed");
    assertThat(reply.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void describesExactlyThePathsItAnswers() throws Exception {
    slots.promote();
    JsonNode paths = ok(server.get("/openapi.json")).get("paths");

    Set<String> described = new TreeSet<>();
    paths.fieldNames().forEachRemaining(described::add);
    assertThat(json.readTree(server.get("/v2").body()).get("detail").textValue())
        .contains("expected one of " + described);
    for (String path : described) {
      assertThat(server.get(path).statusCode())
          .as(path)
          .isEqualTo(paths.get(path).has("get") ? 200 : 405);
    }
  }

  @Test
  void moreRequestsThanFitAreToldToComeBackWhileProbesStillAnswer() throws Exception {
    server.catalogue =
        () -> {
          awaitGate();
          return server.shop.acquire();
        };
    List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
    CountDownLatch refused = new CountDownLatch(8);
    for (int i = 0; i < 12; i++) {
      replies.add(
          server.sendLater(
              HttpRequest.newBuilder(server.uri("/v1/search"))
                  .POST(BodyPublishers.ofString(SEARCH))));
    }
    replies.forEach(reply -> reply.thenRun(refused::countDown));
    assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(server.get("/livez").statusCode()).isEqualTo(200);
    gate.countDown();

    List<Integer> statuses = replies.stream().map(reply -> reply.join().statusCode()).toList();
    // Two threads and a queue of two hold four; the other eight are refused.
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(4);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(8);
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

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
