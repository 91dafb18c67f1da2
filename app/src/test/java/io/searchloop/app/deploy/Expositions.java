package io.searchloop.app.deploy;

import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.streams.activation.LoadTimes;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.trainer.metrics.TrainerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus reads from a worker, a trainer and a Flink cluster that have been busy. */
public final class Expositions {
  /**
   * Of Flink and its Kafka connector, under names that {@code EmbeddedLoopIT} sees in a cluster.
   */
  private static final Set<String> OF_FLINK =
      Set.of(
          "flink_jobmanager_job_numRestarts",
          "flink_jobmanager_job_numberOfFailedCheckpoints",
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_taskmanager_job_task_operator_pendingRecords");

  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
  private static final Pattern NAME = Pattern.compile("(?m)^(\\w+)[{ ]");
  private static final Pattern METRIC = Pattern.compile("(?:counter|gauge)\\(\\s*\"(\\w+)\"");

  private Expositions() {}

  /** Names of the series of a text. */
  public static Set<String> names(String exposition) {
    Set<String> names = new TreeSet<>();
    Matcher lines = NAME.matcher(exposition);
    while (lines.find()) {
      names.add(lines.group(1));
    }
    return names;
  }

  static String worker() {
    ServingMetrics metrics = new ServingMetrics();
    PolicyIdentity identity = new PolicyIdentity(4, "release", 1, -1);
    Duration moment = Duration.ofMillis(7);
    metrics.kafkaSilence(() -> moment);
    metrics.answered("/v1/search", 200, moment);
    metrics.decided("policy");
    metrics.fellBack("deadline");
    metrics.sampled(true);
    metrics.multileaved("merged");
    metrics.slate("filled", 1);
    metrics.slatesHeld(1, 1_000);
    metrics.engineOnly("sampled");
    metrics.signalSent("search.decisions.v1");
    metrics.signalLost("search.decisions.v1", "kafka");
    metrics.event("accepted");
    metrics.catalogue(1, 10);
    metrics.skipped("policy.releases.v1", "undecodable");
    metrics.activated("active", identity);
    metrics.rejected("active", new PolicyState.Rejected(identity, ReleaseFault.HASH, "because"));
    metrics.loaded(identity, new LoadTimes(moment, moment, moment, moment));
    metrics.retired("active", identity);
    return metrics.text();
  }

  static String trainer() {
    TrainerMetrics metrics = new TrainerMetrics();
    metrics.trained(Duration.ofMillis(80), Map.of("loss", .1), Map.of("drift", 2L));
    metrics.refused(Duration.ofMillis(1), "stale", Map.of());
    metrics.released(Duration.ofSeconds(2), Instant.ofEpochSecond(50));
    return metrics.text();
  }

  /** Series of Flink: some of its own, and every counter and gauge that the jobs register. */
  static Set<String> flink() {
    Set<String> names = new TreeSet<>(OF_FLINK);
    Arrays.stream(LedgerMark.values()).forEach(mark -> names.add(OPERATOR + mark.wireName()));
    for (String source : Repository.files("flink-jobs/src/main/java", ".java")) {
      Matcher registered = METRIC.matcher(Repository.text(source));
      while (registered.find()) {
        names.add(OPERATOR + registered.group(1));
      }
    }
    return names;
  }

  /** Series that a running loop must show where the dashboards name Flink. */
  public static Set<String> ofFlink() {
    return OF_FLINK;
  }
}
