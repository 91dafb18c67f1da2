package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.SearchEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpStorefrontTest {
  private final BlockingQueue<String> requests = new ArrayBlockingQueue<>(10);
  private HttpServer server;
  private HttpStorefront shop;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    shop =
        new HttpStorefront(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void readsThePageASearchShows() throws InterruptedException {
    answer =
        "{\"query_id\":\"q7\",\"arm\":\"policy\",\"policy_version\":42,\"total\":2,\"results\":["
            + "{\"product_id\":\"p2\",\"position\":1},{\"product_id\":\"p1\",\"position\":2}]}";

    SearchPage page = shop.search("red \"sofa\"", "v1", "s1");

    assertThat(page).isEqualTo(new SearchPage("q7", "policy", 42, List.of("p2", "p1")));
    assertThat(requests.take())
        .isEqualTo(
            "POST /v1/search {\"query\":\"red \\\"sofa\\\"\",\"client_id\":\"v1\","
                + "\"session_id\":\"s1\",\"limit\":10}");
  }

  @Test
  void sendsEventsUnderTheirStandardNames() throws Exception {
    SearchEvent impression =
        SearchEvent.newBuilder()
            .setEventId("e1")
            .setQueryId("q7")
            .setClientId("v1")
            .setSessionId("s1")
            .setActionName("impression")
            .setTimestamp(Instant.ofEpochMilli(1234))
            .setPage(List.of("p2", "p1"))
            .build();
    SearchEvent purchase =
        SearchEvent.newBuilder()
            .setEventId("e2")
            .setClientId("v1")
            .setActionName("purchase")
            .setTimestamp(Instant.ofEpochMilli(5678))
            .setObjectId("p2")
            .setOrderId("o1")
            .setOrderLine(1)
            .setQuantity(2)
            .setMinorUnits(1998)
            .setCurrency("EUR")
            .build();

    shop.send(List.of(impression, purchase));

    JsonNode expected =
        new ObjectMapper()
            .readTree(
                "{\"events\":[{\"event_id\":\"e1\",\"query_id\":\"q7\",\"client_id\":\"v1\","
                    + "\"session_id\":\"s1\",\"action_name\":\"impression\",\"timestamp\":1234,"
                    + "\"page\":[\"p2\",\"p1\"]},{\"event_id\":\"e2\",\"client_id\":\"v1\","
                    + "\"action_name\":\"purchase\",\"timestamp\":5678,\"object_id\":\"p2\","
                    + "\"order_id\":\"o1\",\"order_line\":1,\"quantity\":2,\"minor_units\":1998,"
                    + "\"currency\":\"EUR\"}]}");
    String request = requests.take();
    assertThat(request).startsWith("POST /v1/events ");
    assertThat(new ObjectMapper().readTree(request.substring("POST /v1/events ".length())))
        .isEqualTo(expected);
  }

  @Test
  void callsOverloadWorthARetry() {
    status = 429;

    assertThatThrownBy(() -> shop.send(List.of()))
        .isInstanceOfSatisfying(StorefrontException.class, e -> assertThat(e.retryable()).isTrue())
        .hasMessageContaining("/v1/events answered 429, expected 2xx");
  }

  @Test
  void callsRefusedBatchesFinal() {
    status = 400;

    assertThatThrownBy(() -> shop.send(List.of()))
        .isInstanceOfSatisfying(
            StorefrontException.class, e -> assertThat(e.retryable()).isFalse());
  }

  @Test
  void refusesPagesThatNameNoDecision() {
    answer = "{\"results\":[]}";

    assertThatThrownBy(() -> shop.search("sofa", "v1", "s1"))
        .isInstanceOf(StorefrontException.class)
        .hasMessageContaining("without query_id or results");
  }

  @Test
  void callsUnreachableShopsWorthARetry() {
    server.stop(0);

    assertThatThrownBy(() -> shop.search("sofa", "v1", "s1"))
        .isInstanceOfSatisfying(StorefrontException.class, e -> assertThat(e.retryable()).isTrue())
        .hasMessageContaining("cannot be reached");
  }
}
