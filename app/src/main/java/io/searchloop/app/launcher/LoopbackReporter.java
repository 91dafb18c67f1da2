package io.searchloop.app.launcher;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.jspecify.annotations.Nullable;

/**
 * Flink's own metrics for Prometheus, on the loopback address. Flink's {@code PrometheusReporter}
 * listens on every address of the machine and has no setting for that.
 */
final class LoopbackReporter extends AbstractPrometheusReporter {
  private final int port;
  private @Nullable HTTPServer server;

  LoopbackReporter(int port) {
    this.port = port;
  }

  @Override
  public void open(MetricConfig config) {
    super.open(config);
    try {
      server = new HTTPServer(new InetSocketAddress(Ports.LOOPBACK, port), registry(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("Flink's metrics cannot listen on port " + port, e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
    super.close();
  }

  /** Where the superclass keeps what it knows; it shows that to its own package only. */
  private CollectorRegistry registry() {
    try {
      Field registry = AbstractPrometheusReporter.class.getDeclaredField("registry");
      registry.setAccessible(true);
      return (CollectorRegistry) registry.get(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This version of Flink keeps its metrics elsewhere; LoopbackReporter must follow", e);
    }
  }
}
