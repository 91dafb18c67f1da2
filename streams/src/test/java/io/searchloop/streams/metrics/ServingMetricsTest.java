package io.searchloop.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServingMetricsTest {
  @Test
  void namesFollowPrometheusConventions() {
    assumeTrue(Tool.PROMTOOL.present(), Tool.PROMTOOL.missing());
    ServingMetrics metrics = new ServingMetrics();
    metrics.kafkaSilence(() -> Duration.ofMillis(5));
    metrics.answered("/v1/search", 200, Duration.ofMillis(7));
    metrics.decided("policy");
    metrics.fellBack("deadline");
    metrics.sampled(true);
    metrics.multileaved("merged");
    metrics.slate("filled", 1);
    metrics.slatesHeld(1, 1_000);
    metrics.engineOnly("sampled");
    metrics.signalSent("search.decisions.v1");
    metrics.signalLost("search.decisions.v1", "timeout");
    metrics.event("accepted");
    metrics.catalogue(1, 10);
    metrics.skipped("policy.releases.v1", "undecodable");

    Program.Ended answer = Tool.PROMTOOL.ask(Path.of("."), metrics.text(), "check", "metrics");

    assertThat(answer).isEqualTo(new Program.Ended(0, ""));
  }
}
