package io.searchloop.trainer.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Shows a trainer to Prometheus and to probes: {@code GET /metrics}, and {@code GET /livez}, which
 * answers 503 once the loop has failed and a restart would help. One thread answers, so a slow
 * reader delays the next reader and never the trainer.
 */
public final class MetricsServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService thread;

  private MetricsServer(HttpServer server, ExecutorService thread) {
    this.server = server;
    this.thread = thread;
  }

  /**
   * Begins to listen.
   *
   * @param live whether the trainer has not failed
   * @throws IllegalStateException when the port is taken
   */
  public static MetricsServer start(
      MetricsConfig config, TrainerMetrics metrics, BooleanSupplier live) {
    HttpServer server = bind(config);
    server.createContext(
        "/", call -> answer(call, NOT_FOUND, TEXT, "expected /metrics or /livez\n"));
    server.createContext(
        "/metrics", call -> answer(call, OK, TrainerMetrics.CONTENT_TYPE, metrics.text()));
    server.createContext("/livez", call -> live(call, live));
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "trainer-metrics");
              made.setDaemon(true);
              return made;
            });
    server.setExecutor(thread);
    server.start();
    return new MetricsServer(server, thread);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }

  private static HttpServer bind(MetricsConfig config) {
    try {
      return HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "The trainer's metrics cannot listen on %s:%d: %s. Choose another trainer.metrics.port, or 0 for any."
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    }
  }

  private static void live(HttpExchange call, BooleanSupplier live) throws IOException {
    if (live.getAsBoolean()) {
      answer(call, OK, TEXT, "live\n");
    } else {
      answer(call, UNAVAILABLE, TEXT, "the trainer has stopped; see its log, then restart it\n");
    }
  }

  private static void answer(HttpExchange call, int status, String type, String text)
      throws IOException {
    try (call) {
      boolean exact = call.getRequestURI().getPath().equals(call.getHttpContext().getPath());
      boolean get = call.getRequestMethod().equals("GET");
      int code = !get ? METHOD_NOT_ALLOWED : exact ? status : NOT_FOUND;
      byte[] body =
          (code == status ? text : "expected GET /metrics or GET /livez\n")
              .getBytes(StandardCharsets.UTF_8);
      call.getResponseHeaders().set("Content-Type", code == status ? type : TEXT);
      call.sendResponseHeaders(code, body.length);
      call.getResponseBody().write(body);
    }
  }
}
