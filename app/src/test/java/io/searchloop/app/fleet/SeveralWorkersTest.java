package io.searchloop.app.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.searchloop.app.simulation.StorefrontException;
import io.searchloop.schemas.SearchEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeveralWorkersTest {
  private static final String PAGE =
      "{\"query_id\":\"q%d\",\"arm\":\"policy\",\"policy_version\":-1,\"results\":[]}";

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer good;
  private HttpServer bad;
  private SeveralWorkers workers;

  @BeforeEach
  void serve() throws IOException {
    good = server(200);
    bad = server(503);
    workers = new SeveralWorkers(List.of(address(bad), address(good)), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    good.stop(0);
    bad.stop(0);
  }

  @Test
  void anotherWorkerIsAskedOnceWhenOneDoesNotAnswer() {
    assertThat(workers.search("couch", "v", "s").queryId()).isEqualTo("q2");
    assertThat(workers.search("couch", "v", "s").queryId()).isEqualTo("q3");

    assertThat(workers.searches()).isEqualTo(2);
    assertThat(workers.retried()).isEqualTo(1);
    assertThat(workers.failed()).isZero();
    assertThat(workers.withoutPolicy()).isEqualTo(2);
    assertThat(workers.shown()).containsExactlyInAnyOrder("q2", "q3");
  }

  @Test
  void aSearchThatTheSecondWorkerRefusesHasFailed() {
    good.stop(0);

    assertThatThrownBy(() -> workers.search("couch", "v", "s"))
        .isInstanceOf(StorefrontException.class);
    assertThat(workers.failed()).isEqualTo(1);
    assertThat(workers.shown()).isEmpty();
  }

  @Test
  void onlyEventsThatAWorkerConfirmedAreRemembered() {
    workers.send(List.of(event("e1")));
    good.stop(0);

    assertThatThrownBy(() -> workers.send(List.of(event("e2"))))
        .isInstanceOf(StorefrontException.class);
    assertThat(workers.taken()).containsExactly("e1");
  }

  private static SearchEvent event(String id) {
    return SearchEvent.newBuilder()
        .setEventId(id)
        .setClientId("v")
        .setActionName("click")
        .setTimestamp(Instant.EPOCH)
        .build();
  }

  private HttpServer server(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = PAGE.formatted(asked.incrementAndGet()).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
