package io.searchloop.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** What shops, operators and probes ask a worker over HTTP, whichever listens by now. */
final class ShopRequests {
  final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final IntSupplier port;

  ShopRequests(IntSupplier port) {
    this.port = port;
  }

  JsonNode search() throws Exception {
    HttpResponse<String> reply =
        post("/v1/search", "{\"query\":\"red shoes\",\"client_id\":\"c\"}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json.readTree(reply.body());
  }

  /** A search and a rewrite, both by the policy and in time. */
  void answersBy(long version) throws Exception {
    JsonNode rewrite =
        json.readTree(post("/v1/rewrite", "{\"query\":\"hat\",\"client_id\":\"c\"}").body());
    for (JsonNode reply : List.of(search(), rewrite)) {
      assertThat(reply.get("arm").textValue()).isEqualTo("policy");
      assertThat(reply.get("policy_version").longValue()).isEqualTo(version);
    }
  }

  String arm(String query) {
    try {
      return json.readTree(
              post("/v1/search", "{\"query\":\"" + query + "\",\"client_id\":\"c\"}").body())
          .get("arm")
          .textValue();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> order(String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri("/v1/policy/rollback"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  String heads() {
    return get("/v1/head-queries").body();
  }

  /** For how long the worker has not heard from Kafka. */
  Duration silence() {
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

  int status(String path, String body) {
    try {
      return post(path, body).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return client
        .sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
        .join();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port.getAsInt() + path);
  }
}
