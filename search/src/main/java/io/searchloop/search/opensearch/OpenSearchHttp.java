package io.searchloop.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.searchloop.search.engine.EngineUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Requests to one OpenSearch. What may pass (no connection, too late, 429, 5xx) is tried again with
 * growing waits; when half of the last twenty attempts failed it is left alone for five seconds.
 * What will not pass is an error at once. Any thread.
 */
final class OpenSearchHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
  private static final int NOT_FOUND = 404;
  private static final int SUCCESS = 200;
  private static final int BEYOND_SUCCESS = 300;
  private static final Duration BACKOFF = Duration.ofMillis(50);
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
  private static final int CALLS = 20;
  private static final int MOST_DETAIL = 300;

  private final OpenSearchSettings settings;
  private final HttpClient client;
  private final Retry retry;
  private final CircuitBreaker breaker;

  OpenSearchHttp(OpenSearchSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
    this.retry =
        Retry.of(
            "opensearch",
            RetryConfig.custom()
                .maxAttempts(settings.attempts())
                .retryExceptions(EngineUnavailableException.class)
                .intervalFunction(IntervalFunction.ofExponentialBackoff(BACKOFF, 2, MOST_BACKOFF))
                .build());
    this.breaker =
        CircuitBreaker.of(
            "opensearch",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(CALLS)
                .minimumNumberOfCalls(CALLS)
                .recordExceptions(EngineUnavailableException.class)
                .waitDurationInOpenState(LEFT_ALONE)
                .build());
  }

  static ObjectMapper json() {
    return JSON;
  }

  /** Asks a search, as patiently as a shopper. */
  JsonNode search(String path, JsonNode body) {
    return call(settings.timeout(), path, json(body), UnaryOperator.identity());
  }

  /** Asks for what may not be there. */
  Optional<JsonNode> find(String path) {
    JsonNode found = call(settings.indexTimeout(), path, HttpRequest.Builder::GET, reply -> reply);
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }

  JsonNode put(String path, JsonNode body) {
    return call(
        settings.indexTimeout(),
        path,
        request ->
            request
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body.toString())),
        reply -> reply);
  }

  JsonNode post(String path, JsonNode body) {
    return call(settings.indexTimeout(), path, json(body), reply -> reply);
  }

  /** Shows searches what was written. */
  void refresh(String index) {
    call(
        settings.indexTimeout(),
        "/" + index + "/_refresh",
        request -> request.POST(BodyPublishers.noBody()),
        reply -> reply);
  }

  void delete(String path) {
    call(settings.indexTimeout(), path, HttpRequest.Builder::DELETE, reply -> reply);
  }

  /**
   * Sends many documents.
   *
   * @param checked looks at the reply, within the attempt
   */
  void bulk(String path, String lines, UnaryOperator<JsonNode> checked) {
    call(
        settings.indexTimeout(),
        path,
        request ->
            request
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)),
        checked);
  }

  private static UnaryOperator<HttpRequest.Builder> json(JsonNode body) {
    return request ->
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
  }

  private JsonNode call(
      Duration timeout,
      String path,
      UnaryOperator<HttpRequest.Builder> body,
      UnaryOperator<JsonNode> checked) {
    try {
      return retry.executeSupplier(
          () -> breaker.executeSupplier(() -> checked.apply(attempt(timeout, path, body))));
    } catch (CallNotPermittedException e) {
      throw new EngineUnavailableException(
          "OpenSearch at %s failed in half of the last %d calls and is left alone for %s. Look at the cluster's health."
              .formatted(settings.url(), CALLS, LEFT_ALONE),
          e);
    }
  }

  private JsonNode attempt(Duration timeout, String path, UnaryOperator<HttpRequest.Builder> body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(path)).timeout(timeout);
    if (!settings.authorization().isEmpty()) {
      request.header("Authorization", settings.authorization());
    }
    try {
      HttpResponse<byte[]> reply =
          client.send(body.apply(request).build(), BodyHandlers.ofByteArray());
      return read(path, reply.statusCode(), reply.body());
    } catch (IOException e) { // no connection, too late, cut off
      throw new EngineUnavailableException(
          "OpenSearch at %s does not answer %s within %s: %s. Start it, or correct search.opensearch.url."
              .formatted(settings.url(), path, timeout, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailableException("Interrupted while OpenSearch was asked", e);
    }
  }

  /** The reply; missing when there is nothing at the path. */
  private JsonNode read(String path, int status, byte[] body) throws IOException {
    if (status >= SUCCESS && status < BEYOND_SUCCESS) {
      return JSON.readTree(body);
    }
    if (status == NOT_FOUND) {
      return JSON.missingNode();
    }
    String told = new String(body, StandardCharsets.UTF_8);
    String message =
        "OpenSearch at %s answers %s with %d: %s"
            .formatted(
                settings.url(),
                path,
                status,
                told.length() > MOST_DETAIL ? told.substring(0, MOST_DETAIL) + "..." : told);
    if (PASSING.contains(status)) {
      throw new EngineUnavailableException(message + ". Look at the cluster's health.");
    }
    throw new IllegalStateException(
        message + ". Correct search.opensearch settings or the index; asking again will not help.");
  }

  private URI address(String path) {
    String base = settings.url().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
