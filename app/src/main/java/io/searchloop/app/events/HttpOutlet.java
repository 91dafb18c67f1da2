package io.searchloop.app.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends events to a worker's {@code /v1/events}, batch by batch. */
public final class HttpOutlet implements EventOutlet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int BATCH = 200;
  private static final int BATCH_CHARACTERS = 200_000;
  private static final int ATTEMPTS = 10;
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI address;
  private final Duration pause;
  private final List<String> batch = new ArrayList<>();
  private int characters;
  private long stored;
  private boolean failed;

  /**
   * @param worker base address of a worker
   * @param pause how long to wait before a batch is tried again
   */
  public HttpOutlet(URI worker, Duration pause) {
    this.address = worker.resolve("/v1/events");
    this.pause = pause;
  }

  @Override
  public void accept(CheckedLine event) {
    String json = event.json().toString();
    if (batch.size() == BATCH
        || (characters + json.length() > BATCH_CHARACTERS && characters > 0)) {
      flush();
    }
    batch.add(json);
    characters += json.length();
  }

  @Override
  public void close() {
    if (!batch.isEmpty() && !failed) {
      flush();
    }
  }

  @Override
  public long stored() {
    return stored;
  }

  private void flush() {
    String body = "{\"events\":[" + String.join(",", batch) + "]}";
    for (int attempt = 1; !posted(body, attempt); attempt++) {
      await();
    }
    batch.clear();
    characters = 0;
  }

  /** Whether the batch is stored; false when it is worth another try. */
  private boolean posted(String body, int attempt) {
    String found;
    boolean passes;
    try {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(address)
                  .timeout(TIMEOUT)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() == ACCEPTED) {
        count(reply.body());
        return true;
      }
      found = reply.statusCode() + " " + reply.body();
      passes = reply.statusCode() == TOO_MANY_REQUESTS || reply.statusCode() >= SERVER_ERROR;
    } catch (IOException e) {
      found = String.valueOf(e.getMessage() == null ? e : e.getMessage());
      passes = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
    if (!passes || attempt == ATTEMPTS) {
      throw failure(found);
    }
    return false;
  }

  /** The worker has the same rules, so a refusal means that it is of another version. */
  private void count(String reply) {
    try {
      JsonNode answer = JSON.readTree(reply);
      stored += answer.path("accepted").asLong();
      if (!answer.path("refused").isEmpty()) {
        throw failure("refused " + answer.path("refused").get(0));
      }
    } catch (JsonProcessingException e) {
      throw failure("no JSON: " + e.getOriginalMessage());
    }
  }

  private IllegalStateException failure(String found) {
    failed = true;
    return new IllegalStateException(
        "%d events were stored; then %s answered: %s. Send the file again: events with an event_id count once."
            .formatted(stored, address, found));
  }

  private void await() {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }
}
