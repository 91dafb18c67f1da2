package io.searchloop.app.judge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A real HTTP server that says what a test tells it to, well-behaved or not. */
final class ChatEndpoint implements AutoCloseable {

  /** One way to answer. */
  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch cutOff = new CountDownLatch(1);

  ChatEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/chat/completions", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1/chat/completions";
  }

  /** What is asked next; the last of several goes on for good. */
  ChatEndpoint then(Behaviour... next) {
    behaviours.addAll(List.of(next));
    return this;
  }

  /** A completion that says a text. */
  static Behaviour says(String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return sends(200, "{\"choices\":[{\"message\":{\"content\":\"" + quoted + "\"}}]}");
  }

  static Behaviour sends(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  /** Headers and half a body, then nothing until the server closes. */
  Behaviour stalls() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"choices\":[{".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      await();
    };
  }

  /** Writes until somebody closes the connection. */
  Behaviour neverEnds() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] part = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      try {
        while (closing.getCount() > 0) {
          exchange.getResponseBody().write(part);
        }
      } catch (IOException e) {
        cutOff.countDown();
      }
    };
  }

  /** Whether the other side closed the connection while {@link #neverEnds} wrote. */
  boolean wasCutOff() throws InterruptedException {
    return cutOff.await(10, TimeUnit.SECONDS);
  }

  /** Says nothing at all until the server closes. */
  Behaviour keepsSilent() {
    return exchange -> await();
  }

  /** Promises more than it sends, and hangs up. */
  static Behaviour hangsUp() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"cho".getBytes(StandardCharsets.UTF_8));
      exchange.close();
    };
  }

  List<String> questions() {
    return List.copyOf(questions);
  }

  /** Values of the header Authorization. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  private void handle(HttpExchange exchange) throws IOException {
    questions.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (header.getKey().equalsIgnoreCase("Authorization")) {
        keys.addAll(header.getValue());
      }
    }
    Behaviour next = behaviours.size() > 1 ? behaviours.remove() : behaviours.element();
    next.answer(exchange);
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
