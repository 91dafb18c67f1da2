package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.testkit.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkIT {
  private static final int WORDS = 4;
  private static final FlinkConfig SMALL =
      new FlinkConfig(0, 2, 2, Duration.ofMillis(200), FlinkConfig.StateBackend.HASHMAP, 64);

  @TempDir Path data;
  private EmbeddedBroker broker;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.start(data.resolve("kafka"), new BrokerConfig(0, 0));
    KafkaRecords.createTopic(broker.bootstrapServers(), "words");
    KafkaRecords.createTopic(broker.bootstrapServers(), "counts");
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void resumesWithoutLossOrDuplicatesAfterClose() {
    say(0, 1000);
    try (EmbeddedFlink flink = startCounting()) {
      assertThat(counts(1000)).hasSize(1000);
      assertThat(flink.jobState(CountingJob.NAME)).contains(JobStatus.RUNNING);
      assertThat(flink.completedCheckpoints(CountingJob.NAME)).isPositive();
      say(1000, 1500);
    }
    say(1500, 2000);

    try (EmbeddedFlink flink = startCounting()) {
      assertThat(counts(2000)).containsExactlyInAnyOrderElementsOf(expected(2000));
      assertThat(flink.lastFailure(CountingJob.NAME)).isEmpty();
    }
    assertThat(counts(2000)).as("nothing after the expected records").hasSize(2000);
  }

  @Test
  void resumesWithoutLossOrDuplicatesWhenKilled() throws Exception {
    say(0, 1000);
    try (ChildProcess killed =
        ChildProcess.start(CountingMain.class, flinkHome(), broker.bootstrapServers())) {
      assertThat(counts(1000)).hasSize(1000);
      say(1000, 2000);
      assertThat(counts(1001)).hasSizeGreaterThan(1000);
      assertThat(killed.isAlive()).isTrue();
    }
    say(2000, 3000);

    try (EmbeddedFlink flink = startCounting()) {
      assertThat(counts(3000)).containsExactlyInAnyOrderElementsOf(expected(3000));
      assertThat(flink.jobState(CountingJob.NAME)).contains(JobStatus.RUNNING);
    }
  }

  @Test
  void showsWhyAJobFailedAndKeepsItTrying() {
    KafkaRecords.produce(broker.bootstrapServers(), "words", List.of(CountingJob.POISON));
    try (EmbeddedFlink flink = startCounting()) {
      Throwable failure = Eventually.present(() -> flink.lastFailure(CountingJob.NAME));

      assertThat(failure).hasStackTraceContaining("cannot count poison");
      assertThat(flink.jobState(CountingJob.NAME))
          .hasValueSatisfying(state -> assertThat(state.isTerminalState()).isFalse());
    }
  }

  @Test
  void servesTheDashboardAndListsTheJob() throws Exception {
    try (EmbeddedFlink flink = startCounting()) {
      assertThat(get(flink.dashboardUrl() + "/")).contains("Apache Flink Web Dashboard");
      assertThat(get(flink.dashboardUrl() + "/jobs/overview")).contains(CountingJob.NAME);
    }
  }

  @Test
  void runsOneJobPerName() {
    try (EmbeddedFlink flink = startCounting()) {
      StreamExecutionEnvironment again = flink.environment(CountingJob.NAME);
      CountingJob.build(again, broker.bootstrapServers());

      assertThatThrownBy(() -> flink.submit(CountingJob.NAME, again))
          .hasMessage("Job counting runs already; one at a time per name");
      flink.stop(CountingJob.NAME);
      assertThat(flink.jobState(CountingJob.NAME)).contains(JobStatus.CANCELED);
    }
  }

  @Test
  void namesTheFlagOfABusyDashboardPort() {
    try (EmbeddedFlink first = EmbeddedFlink.start(data.resolve("first"), SMALL)) {
      int taken = URI.create(first.dashboardUrl()).getPort();
      FlinkConfig same =
          new FlinkConfig(taken, 2, 2, Duration.ofSeconds(1), FlinkConfig.StateBackend.HASHMAP, 64);

      assertThatThrownBy(() -> EmbeddedFlink.start(data.resolve("second"), same))
          .hasMessage(
              "Port %d for the Flink dashboard is in use. Choose another with --flink.port.",
              taken);
    }
  }

  private EmbeddedFlink startCounting() {
    return startCounting(flinkHome(), broker.bootstrapServers());
  }

  private static EmbeddedFlink startCounting(Path home, String bootstrapServers) {
    EmbeddedFlink flink = EmbeddedFlink.start(home, SMALL);
    StreamExecutionEnvironment env = flink.environment(CountingJob.NAME);
    CountingJob.build(env, bootstrapServers);
    flink.submit(CountingJob.NAME, env);
    return flink;
  }

  private Path flinkHome() {
    return data.resolve("flink");
  }

  private void say(int from, int to) {
    List<String> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add("word-" + i % WORDS);
    }
    KafkaRecords.produce(broker.bootstrapServers(), "words", words);
  }

  private List<String> counts(int atLeast) {
    return KafkaRecords.committed(broker.bootstrapServers(), "counts", atLeast);
  }

  private static List<String> expected(int total) {
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      counts.add("word-" + i % WORDS + "=" + (i / WORDS + 1));
    }
    return counts;
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** A cluster to kill: home, bootstrap servers. */
  static final class CountingMain {
    public static void main(String[] arguments) throws InterruptedException {
      startCounting(Path.of(arguments[0]), arguments[1]);
      Thread.currentThread().join();
    }
  }
}
