package io.searchloop.app.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Searches that come at a steady rate whether or not earlier ones were answered, as those of many
 * people do (an open workload). One caller at a time.
 */
final class Rush {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_ANSWER = 0;

  private final List<URI> workers;
  private final List<String> queries;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * @param workers base addresses, asked in turn
   * @param queries asked in turn
   */
  Rush(List<URI> workers, List<String> queries) {
    this.workers = workers.stream().map(worker -> worker.resolve("/v1/search")).toList();
    this.queries = List.copyOf(queries);
  }

  /**
   * Asks for a while, on the caller's thread, and waits for the last answer.
   *
   * @param rate searches a second
   * @return what became of every search, in the order they were asked
   */
  List<RushAnswer> call(double rate, Duration duration) {
    List<CompletableFuture<RushAnswer>> asked = new ArrayList<>();
    long began = System.nanoTime();
    long total = Math.round(rate * duration.toNanos() / 1e9);
    for (int number = 0; number < total; number++) {
      long due = began + Math.round(number * 1e9 / rate);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      asked.add(ask(number, began));
    }
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<RushAnswer> ask(int number, long began) {
    long sent = System.nanoTime();
    return http.sendAsync(request(number), BodyHandlers.discarding())
        .handle(
            (answer, failure) ->
                new RushAnswer(
                    (sent - began) / 1e9,
                    (System.nanoTime() - sent) / 1e6,
                    answer == null ? NO_ANSWER : answer.statusCode()));
  }

  private HttpRequest request(int number) {
    Map<String, String> body =
        Map.of("query", queries.get(number % queries.size()), "client_id", "rush-" + number);
    try {
      return HttpRequest.newBuilder(workers.get(number % workers.size()))
          .timeout(PATIENCE)
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
