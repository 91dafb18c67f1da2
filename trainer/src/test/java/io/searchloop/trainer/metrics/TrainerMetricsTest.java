package io.searchloop.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerMetricsTest {
  private static final MetricsConfig ANY_PORT = new MetricsConfig("127.0.0.1", 0);

  @Test
  void countsWhatTrainedAndWhatDidNot() {
    TrainerMetrics metrics = busy();

    assertThat(metrics.text())
        .contains("searchloop_trainer_minibatches_trained_total 1.0")
        .contains("searchloop_trainer_minibatches_refused_total{reason=\"stale\"} 1.0")
        .contains("searchloop_trainer_minibatches_refused_total{reason=\"withdrawn\"} 3.0")
        .contains("searchloop_trainer_sequences_dropped_total{reason=\"drift\"} 2.0")
        .contains("searchloop_trainer_effective_sample_ratio 0.75")
        .contains("searchloop_trainer_last_release_timestamp_seconds 50.0")
        .contains("searchloop_trainer_minibatches_waiting 7.0");
  }

  @Test
  void namesFollowPrometheusConventions() {
    assumeTrue(Tool.PROMTOOL.present(), Tool.PROMTOOL.missing());

    Program.Ended answer = Tool.PROMTOOL.ask(Path.of("."), busy().text(), "check", "metrics");

    assertThat(answer).isEqualTo(new Program.Ended(0, ""));
  }

  @Test
  void answersMetricsAndProbes() throws Exception {
    boolean[] live = {true};
    try (MetricsServer server = MetricsServer.start(ANY_PORT, busy(), () -> live[0])) {
      assertThat(get(server, "/metrics").body()).contains("searchloop_trainer_step 12.0");
      assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
      live[0] = false;
      assertThat(get(server, "/livez").statusCode()).isEqualTo(503);
      assertThat(get(server, "/metricsystem").statusCode()).isEqualTo(404);
      assertThat(get(server, "/").body()).contains("expected");
    }
  }

  @Test
  void namesTheSettingOfATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      MetricsConfig config = new MetricsConfig("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> MetricsServer.start(config, new TrainerMetrics(), () -> true))
          .hasMessageContaining("trainer.metrics.port");
    }
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThat(ConfigBinder.defaults(MetricsConfig.class))
        .isEqualTo(new MetricsConfig("127.0.0.1", 9465));
    assertThatThrownBy(() -> new MetricsConfig("127.0.0.1", 65_536))
        .hasMessageContaining("port is 65536");
  }

  private static TrainerMetrics busy() {
    TrainerMetrics metrics = new TrainerMetrics();
    metrics.trained(
        Duration.ofMillis(80),
        Map.of("ess", .75, "loss", .1, "reference_kl", .02),
        Map.of("drift", 2L));
    metrics.refused(Duration.ofMillis(1), "stale", Map.of());
    metrics.withdrawn("withdrawn", 3);
    metrics.rolledBack();
    metrics.released(Duration.ofSeconds(2), Instant.ofEpochSecond(50));
    metrics.gateRefused(Duration.ofSeconds(1));
    metrics.position(12, -1, 40, 0);
    metrics.waiting(7);
    metrics.failed();
    return metrics;
  }

  private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
