package io.searchloop.app.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks an OpenAI-compatible endpoint, {@code POST /v1/chat/completions}, at temperature 0. What may
 * pass (no connection, no answer in time, 429, 5xx) is tried again after a pause that doubles; a
 * key, model or address that the endpoint does not accept ends the run, since it would refuse every
 * question alike. Redirects are not followed: the key is for one host. Any thread, several at once,
 * {@code in-flight} of them.
 */
final class ChatClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER_BYTES = 1 << 20;
  private static final int MOST_TOKENS = 2000;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** Unauthorised, payment, forbidden, not found, wrong method: the same for every question. */
  private static final Set<Integer> HOPELESS = Set.of(401, 402, 403, 404, 405);

  private final HttpJudgeConfig config;
  private final URI endpoint;
  private final Optional<JudgeKey> key;
  private final HttpClient client;
  private final Pause pause;
  private final Semaphore places;
  private final AtomicInteger requestsLeft;

  /**
   * @throws IllegalArgumentException when nothing can be asked, or the key would be read on its way
   */
  ChatClient(HttpJudgeConfig config, Optional<JudgeKey> key, Pause pause) {
    this.config = config;
    this.endpoint = config.endpoint();
    this.key = key;
    this.pause = pause;
    if (key.isPresent()) {
      config.requirePrivate(endpoint);
    }
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    this.places = new Semaphore(config.inFlight());
    this.requestsLeft = new AtomicInteger(config.requests());
  }

  /**
   * What the model says.
   *
   * @throws ChatException when it said nothing usable
   * @throws IllegalStateException when the endpoint would refuse every question
   */
  String ask(String system, String question) throws ChatException {
    HttpRequest request = request(body(system, question));
    places.acquireUninterruptibly();
    try {
      return patiently(request);
    } finally {
      places.release();
    }
  }

  private String patiently(HttpRequest request) throws ChatException {
    Duration wait = config.backoff();
    for (int attempt = 1; ; attempt++) {
      try {
        return once(request);
      } catch (ChatException e) {
        if (attempt == config.attempts() || !mayPass(e.failure())) {
          throw e;
        }
      }
      rest(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private static boolean mayPass(ChatFailure failure) {
    return failure == ChatFailure.TIMEOUT
        || failure == ChatFailure.UNREACHABLE
        || failure == ChatFailure.OVERLOADED;
  }

  private String once(HttpRequest request) throws ChatException {
    if (requestsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      throw new ChatException(
          ChatFailure.NO_REQUEST_LEFT, "all %d requests are used".formatted(config.requests()));
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody(LONGEST_ANSWER_BYTES + 1));
    try {
      // The request's own timeout ends with the headers; a body may stall as well.
      HttpResponse<byte[]> response =
          answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      requireOk(response.statusCode());
      return said(response.body());
    } catch (TimeoutException e) {
      throw new ChatException(ChatFailure.TIMEOUT, "no answer within " + config.timeout());
    } catch (ExecutionException e) {
      boolean late = e.getCause() instanceof HttpTimeoutException;
      throw new ChatException(
          late ? ChatFailure.TIMEOUT : ChatFailure.UNREACHABLE, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      answer.cancel(true);
    }
  }

  private void requireOk(int status) throws ChatException {
    if (status == OK) {
      return;
    }
    if (HOPELESS.contains(status)) {
      throw new IllegalStateException(
          "The judge at %s answers with HTTP status %d, expected 200. Correct train.judge.url, model or key."
              .formatted(endpoint, status));
    }
    boolean later = status == TOO_MANY || status >= SERVER_ERROR;
    throw new ChatException(
        later ? ChatFailure.OVERLOADED : ChatFailure.REFUSED, "HTTP status " + status);
  }

  private static String said(byte[] body) throws ChatException {
    if (body.length > LONGEST_ANSWER_BYTES) {
      throw new ChatException(
          ChatFailure.TOO_LONG, "an answer of over %d bytes".formatted(LONGEST_ANSWER_BYTES));
    }
    try {
      JsonNode content =
          JSON.readTree(new String(body, StandardCharsets.UTF_8))
              .path("choices")
              .path(0)
              .path("message")
              .path("content");
      if (!content.isTextual() || content.textValue().isBlank()) {
        throw new ChatException(ChatFailure.NO_COMPLETION, "no choices[0].message.content");
      }
      return content.textValue();
    } catch (JsonProcessingException e) {
      throw new ChatException(ChatFailure.NO_COMPLETION, "no JSON");
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(config.timeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    key.ifPresent(secret -> request.header("Authorization", secret.header()));
    return request.build();
  }

  private byte[] body(String system, String question) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", config.model());
    body.put("temperature", 0);
    body.put("max_tokens", MOST_TOKENS);
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", system);
    messages.addObject().put("role", "user").put("content", question);
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts is always JSON", e);
    }
  }

  private void rest(Duration wait) {
    try {
      pause.of(wait);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while the judge was asked", e);
  }
}
