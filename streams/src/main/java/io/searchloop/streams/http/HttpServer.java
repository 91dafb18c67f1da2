package io.searchloop.streams.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The worker's HTTP server: few Jetty threads for input and output, a bounded executor for the
 * work. Closing takes no new requests and finishes those begun.
 */
public final class HttpServer implements AutoCloseable {
  private static final int IO_THREADS = 8;
  private static final int IO_QUEUE = 1_024;
  private static final int IDLE_THREAD_MS = 30_000;

  /**
   * Longer than load balancers keep an idle connection, 60 s as a rule: who reuses one while we
   * close it gets no answer.
   */
  private static final int IDLE_CONNECTION_MS = 75_000;

  private static final int SHUTDOWN_IDLE_MS = 100;

  private final HttpSettings settings;
  private final ThreadPoolExecutor executor;
  private final Server server;
  private final ServerConnector connector;

  public HttpServer(HttpSettings settings, HttpServices services) {
    this.settings = settings;
    this.executor = executor(settings);
    QueuedThreadPool io =
        new QueuedThreadPool(
            IO_THREADS, IO_THREADS, IDLE_THREAD_MS, new BlockingArrayQueue<>(IO_QUEUE));
    io.setName("http-io");
    this.server = new Server(io);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_CONNECTION_MS);
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MS);
    server.addConnector(connector);
    server.setStopTimeout(settings.drain().toMillis());
    server.setHandler(
        new GracefulHandler(
            new EndpointHandler(
                services.routes(settings), executor, services.clock(), services.metrics())));
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException when the port is taken
   */
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "HTTP server cannot listen on %s:%d: %s. Choose another serving.port, or 0 for any."
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("HTTP server did not stop: " + e.getMessage(), e);
    } finally {
      executor.shutdown();
      awaitRequests();
    }
  }

  private void awaitRequests() {
    try {
      if (!executor.awaitTermination(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadPoolExecutor executor(HttpSettings settings) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads = task -> new Thread(task, "request-" + number.incrementAndGet());
    return new ThreadPoolExecutor(
        settings.requestThreads(),
        settings.requestThreads(),
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(Math.max(1, settings.maxQueued())),
        threads);
  }
}
