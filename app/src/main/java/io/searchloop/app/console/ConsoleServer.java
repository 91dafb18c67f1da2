package io.searchloop.app.console;

import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.console.view.LoopView;
import io.searchloop.schemas.access.Doorkeeper;
import java.time.InstantSource;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: one page that shows a running loop and takes an operator's decisions
 * (docs/adr/0052). It knows the loop by its topics alone, so it may run beside it or elsewhere.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int THREADS = 12;
  private static final int IDLE_MS = 30_000;
  private static final long LARGEST_REQUEST_BYTES = 1 << 16;

  private final ConsoleConfig config;
  private final LoopView view;
  private final ConsoleApi api;
  private final Server server;
  private final ServerConnector connector;

  private ConsoleServer(
      ConsoleConfig config, LoopConnection loop, ConsoleHome home, InstantSource clock) {
    Doorkeeper keeper = config.doorkeeper(clock); // first: it may refuse, and nothing is open yet
    this.config = config;
    this.view = LoopView.start(loop, clock, config.history());
    this.api = new ConsoleApi(loop, view, home, clock, config.takesActions());
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("console");
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MS);
    server.addConnector(connector);
    SizeLimitHandler limit = new SizeLimitHandler(LARGEST_REQUEST_BYTES, -1);
    limit.setHandler(
        new ConsoleHandler(
            api.routes(),
            new RequestGuard(config.nameList(), config.takesActions()),
            new Reception(keeper, clock)));
    server.setHandler(limit);
  }

  /**
   * Begins to watch the loop and to answer.
   *
   * @throws IllegalStateException when the port is taken
   * @throws io.searchloop.schemas.config.InvalidConfigurationException when its users cannot be
   *     read
   */
  public static ConsoleServer start(
      ConsoleConfig config, LoopConnection loop, ConsoleHome home, InstantSource clock) {
    ConsoleServer console = new ConsoleServer(config, loop, home, clock);
    try {
      console.server.start();
    } catch (Exception e) {
      console.close();
      throw new IllegalStateException(
          "The console cannot listen on %s:%d: %s. Choose another --console.port, or 0 for any."
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    }
    log.info("Console on {}", console.url());
    return console;
  }

  /** Its address. */
  public String url() {
    return "http://" + config.host() + ":" + connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The console did not stop: " + e.getMessage(), e);
    } finally {
      api.close();
      view.close();
    }
  }
}
