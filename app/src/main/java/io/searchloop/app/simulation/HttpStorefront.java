package io.searchloop.app.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.SearchEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shops through a serving worker's HTTP door: {@code POST /v1/search} and {@code POST /v1/events}.
 * Safe for use by several threads; connections are kept alive.
 */
public final class HttpStorefront implements StorefrontClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_SIZE = 10;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client;
  private final URI search;
  private final URI events;
  private final Duration timeout;

  /**
   * @param worker base address of a serving worker, such as {@code http://127.0.0.1:8090}
   * @param timeout longest wait for an answer
   */
  public HttpStorefront(URI worker, Duration timeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run) // no thread of its own: callers block anyway
            .connectTimeout(timeout)
            .build();
    this.search = worker.resolve("/v1/search");
    this.events = worker.resolve("/v1/events");
    this.timeout = timeout;
  }

  @Override
  public SearchPage search(String query, String clientId, String sessionId) {
    byte[] body;
    try {
      body =
          JSON.writeValueAsBytes(
              JSON.createObjectNode()
                  .put("query", query)
                  .put("client_id", clientId)
                  .put("session_id", sessionId)
                  .put("limit", PAGE_SIZE));
      return page(JSON.readTree(post(search, body)));
    } catch (IOException e) {
      throw new StorefrontException(search + " did not answer with JSON", false, e);
    }
  }

  @Override
  public void send(List<SearchEvent> batch) {
    post(events, EventJson.batch(batch));
  }

  private SearchPage page(JsonNode answer) {
    String queryId = answer.path("query_id").asText("");
    if (queryId.isEmpty() || !answer.path("results").isArray()) {
      throw new StorefrontException(
          search + " answered without query_id or results, expected both", false, null);
    }
    List<String> products = new ArrayList<>();
    answer.path("results").forEach(hit -> products.add(hit.path("product_id").asText()));
    return new SearchPage(
        queryId, answer.path("arm").asText(""), answer.path("policy_version").asLong(-1), products);
  }

  private byte[] post(URI address, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      int status = response.statusCode();
      if (status / 100 != 2) {
        throw new StorefrontException(
            address + " answered " + status + ", expected 2xx",
            status == TOO_MANY_REQUESTS || status >= SERVER_ERROR,
            null);
      }
      return response.body();
    } catch (IOException e) {
      throw new StorefrontException(address + " cannot be reached", true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorefrontException(address + ": interrupted while waiting", true, e);
    }
  }
}
