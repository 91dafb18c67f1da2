package io.searchloop.app.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.bench.SampledMinibatches;
import io.searchloop.schemas.ControlAction;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own on one Kafka, as many machines have them. */
class WorkerFleetIT {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "serving.holdout-share", "0.3",
          "serving.reference-share", "0.3",
          "serving.deadline", "PT10S",
          "serving.drain", "PT20S");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int VISITORS = 60;
  private static final int HALF = 50;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path directory;

  @Test
  void assignVisitorsAlikeAndComeAndGoWithoutAFailedRequest() throws Exception {
    try (ServingPlatform platform = new ServingPlatform(directory, InstantSource.system());
        WarmStart policy = SampledMinibatches.warmStart()) {
      long version = platform.release(policy, Map.of());
      platform.decide(ControlAction.PROMOTE, version);
      List<WorkerProcess> workers = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          workers.add(platform.worker("worker-" + i, SETTINGS));
        }
        workers.forEach(worker -> worker.await(now -> now.version() == version, PATIENCE));
        workers.forEach(this::awaitReady);

        List<String> arms = arms(workers.get(0));
        assertThat(arms(workers.get(1))).isEqualTo(arms);
        assertThat(arms(workers.get(2))).isEqualTo(arms);
        assertThat(new HashSet<>(arms))
            .containsExactlyInAnyOrder("identity", "reference", "policy");

        meetTheCanaryAlike(platform, policy, workers);
        comeAndGo(platform, workers, version);
      } finally {
        workers.forEach(WorkerProcess::close);
      }
    }
  }

  /** A release on trial takes the same visitors of the policy arm on every worker. */
  private void meetTheCanaryAlike(
      ServingPlatform platform, WarmStart policy, List<WorkerProcess> workers) {
    List<String> before = arms(workers.get(0));
    long candidate = platform.release(policy, Map.of());
    platform.decide(ControlAction.CANDIDATE, candidate);
    platform.decide(ControlAction.CANARY, candidate, HALF);
    workers.forEach(worker -> arms(worker, now -> now.contains("canary")));
    List<List<String>> arms = workers.stream().map(this::arms).toList();

    assertThat(arms.get(1)).isEqualTo(arms.get(0));
    assertThat(arms.get(2)).isEqualTo(arms.get(0));
    assertThat(arms.get(0)).contains("policy");
    assertThat(arms.get(0).stream().map(arm -> arm.equals("canary") ? "policy" : arm).toList())
        .as("only visitors of the policy arm meet the candidate")
        .isEqualTo(before);
  }

  /** Two leave and one joins while clients ask without a pause. */
  private void comeAndGo(ServingPlatform platform, List<WorkerProcess> workers, long version)
      throws InterruptedException {
    List<URI> known = new CopyOnWriteArrayList<>(workers.stream().map(WorkerProcess::uri).toList());
    Clients clients = new Clients(known);
    clients.start();
    clients.awaitAnswers(50);
    workers.remove(0).close();
    clients.awaitAnswers(50);
    WorkerProcess joined = platform.worker("worker-3", SETTINGS);
    workers.add(joined);
    joined.await(now -> now.version() == version, PATIENCE);
    awaitReady(joined);
    known.set(0, joined.uri());
    clients.awaitAnswers(50);
    workers.remove(0).close();
    clients.awaitAnswers(50);
    clients.stop();

    assertThat(clients.failures).isEmpty();
    assertThat(clients.retries.get()).as("clients met workers that had left").isPositive();
  }

  /** Arms of the same visitors, once every arm has its policy. */
  private List<String> arms(WorkerProcess worker) {
    return arms(worker, arms -> true);
  }

  private List<String> arms(WorkerProcess worker, Predicate<List<String>> settled) {
    return Eventually.present(
        () ->
            Optional.of(askAll(worker)).filter(arms -> !arms.contains("fallback")).filter(settled));
  }

  private List<String> askAll(WorkerProcess worker) {
    List<String> arms = new ArrayList<>();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      try {
        JsonNode reply = json.readTree(search(worker.uri(), "visitor-" + visitor).body());
        arms.add(reply.get("arm").textValue());
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return arms;
  }

  private void awaitReady(WorkerProcess worker) {
    Eventually.present(
        () ->
            Optional.of(
                    client.send(
                        HttpRequest.newBuilder(worker.uri().resolve("/readyz")).build(),
                        HttpResponse.BodyHandlers.ofString()))
                .filter(reply -> reply.statusCode() == 200));
  }

  private HttpResponse<String> search(URI worker, String visitor)
      throws IOException, InterruptedException {
    String body = "{\"query\":\"parasol\",\"client_id\":\"" + visitor + "\"}";
    return client.send(
        HttpRequest.newBuilder(worker.resolve("/v1/search"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Three clients that ask one worker after another, and a second one when the first fails. */
  private final class Clients {
    private static final int COUNT = 3;

    private final List<URI> known;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean stopping;

    Clients(List<URI> known) {
      this.known = known;
      for (int i = 0; i < COUNT; i++) {
        int first = i;
        threads.add(new Thread(() -> ask(first), "client-" + i));
      }
    }

    void start() {
      threads.forEach(Thread::start);
    }

    /** Waits until that many more were answered. */
    void awaitAnswers(int more) {
      int wanted = answers.get() + more;
      Eventually.present(
          () -> answers.get() >= wanted ? Optional.of(true) : Optional.<Boolean>empty());
    }

    void stop() throws InterruptedException {
      stopping = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private void ask(int first) {
      for (int i = first; !stopping; i++) {
        Set<String> problems = new HashSet<>();
        if (!answered(i, problems)) {
          retries.incrementAndGet();
          if (!answered(i + 1, problems)) {
            failures.add(problems.toString());
          }
        }
      }
    }

    private boolean answered(int turn, Set<String> problems) {
      try {
        HttpResponse<String> reply = search(known.get(turn % known.size()), "c" + turn);
        if (reply.statusCode() == 200) {
          answers.incrementAndGet();
          return true;
        }
        problems.add(reply.statusCode() + " " + reply.body());
      } catch (IOException e) {
        problems.add(e.toString());
      } catch (InterruptedException e) {
        problems.add(e.toString());
        Thread.currentThread().interrupt();
      }
      return false;
    }
  }
}
