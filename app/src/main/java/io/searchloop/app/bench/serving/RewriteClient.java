package io.searchloop.app.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks a worker for rewrites over HTTP. Safe for any thread. */
final class RewriteClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI worker;

  RewriteClient(URI worker) {
    this.worker = worker;
  }

  /**
   * One answer.
   *
   * @param served whether the policy answered, and not a fall-back
   * @param cached whether its rollouts came from a slate
   */
  record Answer(boolean served, boolean cached) {}

  /** Asks as a visitor; an answer with another status than 200 counts as not served. */
  Answer ask(String query, String visitor) throws IOException, InterruptedException {
    HttpResponse<byte[]> reply =
        http.send(
            HttpRequest.newBuilder(worker.resolve("/v1/rewrite"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(Map.of("query", query, "client_id", visitor))))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (reply.statusCode() != OK) {
      return new Answer(false, false);
    }
    JsonNode answer = JSON.readTree(reply.body());
    String rollout = answer.at("/candidates/0/rollout_id").asText();
    return new Answer(
        answer.get("arm").asText().equals("policy"),
        !rollout.startsWith(answer.get("query_id").asText()));
  }

  /** The worker's metrics: the sum over all labels of each name. */
  double metric(String name, String label) throws IOException, InterruptedException {
    HttpResponse<String> reply =
        http.send(
            HttpRequest.newBuilder(worker.resolve("/metrics")).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    return reply
        .body()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
