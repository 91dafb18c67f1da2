package io.searchloop.app.fleet;

import io.searchloop.schemas.client.Brokers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Asks components whether they do their work; one that does not answer soon does not. */
final class Health {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Runnable::run)
          .connectTimeout(PATIENCE)
          .build();

  /** Whether an address answers with 200. */
  boolean answers(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether a broker tells of its cluster. */
  boolean kafka(Brokers brokers) {
    String patience = Long.toString(PATIENCE.toMillis());
    Map<String, String> settings =
        Map.of("default.api.timeout.ms", patience, "request.timeout.ms", patience);
    try (Admin admin = Admin.create(brokers.with(settings))) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
