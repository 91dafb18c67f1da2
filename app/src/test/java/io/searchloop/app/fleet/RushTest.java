package io.searchloop.app.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RushTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final AtomicInteger served = new AtomicInteger();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private HttpServer worker;

  /** A worker with room for every second search. */
  @BeforeEach
  void serve() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext(
        "/v1/search",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(served.getAndIncrement() % 2 == 0 ? 200 : 429, -1);
          exchange.close();
        });
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.stop(0);
  }

  @Test
  void asksAtItsRateAndTellsWhatBecameOfEachSearch() {
    List<RushAnswer> answers =
        new Rush(List.of(address()), List.of("couch", "parasol")).call(200, Duration.ofMillis(200));

    assertThat(answers).hasSize(40).isSortedAccordingTo(bySecond());
    assertThat(answers.get(39).second()).as("no sooner than due").isGreaterThanOrEqualTo(39 / 200.);
    assertThat(bodies)
        .anyMatch(body -> body.contains("couch"))
        .anyMatch(b -> b.contains("rush-39"));
    RushFigures figures = RushFigures.of(200, answers, DEADLINE);
    assertThat(figures.asked()).isEqualTo(40);
    assertThat(figures.answered()).isEqualTo(20);
    assertThat(figures.shed()).isEqualTo(20);
    assertThat(figures.other()).isEmpty();
    assertThat(figures.slowest()).isGreaterThanOrEqualTo(figures.median()).isPositive();
  }

  @Test
  void noAnswerIsAnAnswerToo() {
    worker.stop(0);

    List<RushAnswer> answers =
        new Rush(List.of(address()), List.of("couch")).call(100, Duration.ofMillis(30));

    assertThat(RushFigures.of(100, answers, DEADLINE).other()).isEqualTo(Map.of(0, 3L));
  }

  @Test
  void aRushHasSettledAfterItsLastBadAnswer() {
    List<RushAnswer> answers =
        List.of(
            new RushAnswer(0, 5, 200),
            new RushAnswer(1, 5, 429),
            new RushAnswer(2, DEADLINE.toMillis() + 1, 200),
            new RushAnswer(3, 5, 200));

    assertThat(RushFigures.of(1, answers, DEADLINE).settled()).isEqualTo(2);
    assertThat(RushFigures.of(1, answers.subList(0, 1), DEADLINE).settled()).isZero();
    assertThat(RushFigures.of(1, answers, DEADLINE).median()).isEqualTo(5);
  }

  private static Comparator<RushAnswer> bySecond() {
    return Comparator.comparingDouble(RushAnswer::second);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + worker.getAddress().getPort());
  }
}
