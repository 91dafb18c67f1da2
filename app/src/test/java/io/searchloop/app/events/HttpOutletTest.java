package io.searchloop.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of events when a worker is busy, refuses, or says nonsense; BadInputIT has a real
 * one.
 */
class HttpOutletTest {
  private static final String STORED = "{\"accepted\":1,\"refused\":[]}";

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpOutlet outlet;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/events", this::answer);
    server.start();
    URI worker = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    outlet = new HttpOutlet(worker, Duration.ofMillis(1));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsTheSameBatchAgainWhileTheWorkerIsBusy() {
    answers.addAll(List.of(new Answer(429, ""), new Answer(503, "{}"), new Answer(202, STORED)));

    outlet.accept(line(1));
    outlet.close();

    assertThat(outlet.stored()).isEqualTo(1);
    assertThat(bodies).hasSize(3).containsOnly("{\"events\":[{\"event_id\":\"e1\"}]}");
  }

  @Test
  void sendsManyInBatches() {
    for (int i = 0; i < 3; i++) {
      answers.add(new Answer(202, "{\"accepted\":150,\"refused\":[]}"));
    }

    for (int i = 0; i < 450; i++) {
      outlet.accept(line(i));
    }
    outlet.close();

    assertThat(outlet.stored()).isEqualTo(450);
    assertThat(bodies).hasSize(3);
  }

  @Test
  void countsWhatWasStoredBesideARefusal() {
    answers.add(new Answer(202, "{\"accepted\":1,\"refused\":[{\"index\":1,\"field\":\"view\"}]}"));
    outlet.accept(line(1));
    outlet.accept(line(2));

    assertThatThrownBy(outlet::close)
        .hasMessageStartingWith("1 events were stored")
        .hasMessageContaining("refused {\"index\":1,\"field\":\"view\"}")
        .hasMessageContaining("Send the file again");
    outlet.close();
    assertThat(bodies).as("nothing is sent after a failure").hasSize(1);
  }

  @Test
  void givesUpAtOnceOnWhatWillNotPass() {
    answers.add(new Answer(403, "origin"));
    outlet.accept(line(1));

    assertThatThrownBy(outlet::close).hasMessageContaining("0 events").hasMessageContaining("403");
    assertThat(bodies).hasSize(1);
  }

  @Test
  void namesAnAnswerThatIsNoWorkers() {
    answers.add(new Answer(202, "<html>"));
    outlet.accept(line(1));

    assertThatThrownBy(outlet::close).hasMessageContaining("no JSON");
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Answer answer = answers.remove();
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static CheckedLine line(int number) {
    return new CheckedLine(
        number,
        StrictJson.object("{\"event_id\":\"e%d\"}".formatted(number)),
        SearchEvent.newBuilder().build());
  }
}
