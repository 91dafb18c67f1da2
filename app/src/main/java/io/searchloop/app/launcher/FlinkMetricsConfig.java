package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;
import java.util.Map;

/**
 * Where Prometheus reads the embedded cluster. Bound under {@code flink.metrics}; a cluster of its
 * own has the same reporter in its configuration.
 *
 * @param port port of Flink's metrics; 0 picks a free one
 */
public record FlinkMetricsConfig(
    @Setting(value = "9249", help = "port of Flink's metrics; 0 picks a free one") int port) {
  public FlinkMetricsConfig {
    Ports.check("port", port);
  }

  /** Flink's own settings for a reporter that only this machine reaches. */
  Map<String, String> reporter(int claimedPort) {
    return Map.of(
        "metrics.reporter.prom.factory.class",
        LoopbackReporterFactory.class.getName(),
        "metrics.reporter.prom." + LoopbackReporterFactory.PORT,
        Integer.toString(claimedPort));
  }
}
