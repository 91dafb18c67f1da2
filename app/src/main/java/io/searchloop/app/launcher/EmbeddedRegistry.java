package io.searchloop.app.launcher;

import io.searchloop.schemas.client.Brokers;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thin schema registry in this process that Confluent's clients cannot tell from a real one: same
 * paths, error codes and ids, schemas on the topic {@code _schemas}. It registers, finds and
 * compares Avro schemas, and takes in those of another registry; it neither deletes nor replicates.
 * In production {@code schema.registry.url} names a genuine registry instead.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final int THREADS = 8;
  private static final long LARGEST_REQUEST_BYTES = 1 << 20;

  private final Server server;
  private final SchemaLog schemaLog;
  private final String url;

  private EmbeddedRegistry(Server server, SchemaLog schemaLog, String url) {
    this.server = server;
    this.schemaLog = schemaLog;
    this.url = url;
  }

  /**
   * Reads all schemas back and starts to answer.
   *
   * @param bootstrapServers brokers that keep the schemas
   * @param config HTTP port
   * @throws PortInUseException when the port is taken
   */
  public static EmbeddedRegistry start(Brokers bootstrapServers, RegistryConfig config) {
    int port = Ports.claim(config.port(), "schema registry", "--registry.port");
    SchemaLog schemaLog = new SchemaLog(bootstrapServers);
    try {
      Server server = server(new SchemaRegistry(schemaLog), port);
      server.start();
      String url = "http://" + Ports.LOOPBACK + ":" + port;
      log.info("Schema registry on {}", url);
      return new EmbeddedRegistry(server, schemaLog, url);
    } catch (Exception e) {
      schemaLog.close();
      throw new IllegalStateException("Schema registry did not start: " + e.getMessage(), e);
    }
  }

  /** Address for {@code schema.registry.url}. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Schema registry did not stop", e);
    } finally {
      schemaLog.close();
    }
  }

  private static Server server(SchemaRegistry registry, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("registry");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(Ports.LOOPBACK);
    connector.setPort(port);
    server.addConnector(connector);
    SizeLimitHandler limit = new SizeLimitHandler(LARGEST_REQUEST_BYTES, -1);
    limit.setHandler(new RegistryHandler(new RegistryApi(registry).routes()));
    server.setHandler(limit);
    return server;
  }
}
