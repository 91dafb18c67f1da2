package io.searchloop.app.launcher;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes {@link LoopbackReporter}; Flink finds it by its name among the services of this jar. */
public final class LoopbackReporterFactory implements MetricReporterFactory {
  static final String PORT = "port";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new LoopbackReporter(Integer.parseInt(properties.getProperty(PORT)));
  }
}
