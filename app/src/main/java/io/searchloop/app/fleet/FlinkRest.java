package io.searchloop.app.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a Flink cluster tells and takes over HTTP. Safe for use by several threads. */
final class FlinkRest {
  private static final Duration A_LOOK = Duration.ofSeconds(3);
  private static final Duration A_SUBMISSION = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Runnable::run)
          .connectTimeout(A_LOOK)
          .build();

  /**
   * @param address such as {@code http://127.0.0.1:8081}
   */
  FlinkRest(URI address) {
    this.address = address;
  }

  /**
   * A job as the cluster sees it.
   *
   * @param state by Flink's names
   */
  record Job(String id, String name, String state) {
    private static final Set<String> OVER = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

    boolean over() {
      return OVER.contains(state);
    }

    boolean runs() {
      return state.equals("RUNNING");
    }
  }

  /** Jobs since the JobManager began; empty when nobody answers. */
  Optional<List<Job>> jobs() {
    return get("/jobs/overview")
        .map(
            answer ->
                StreamSupport.stream(answer.path("jobs").spliterator(), false)
                    .map(FlinkRest::job)
                    .toList());
  }

  /** How many TaskManagers there are. */
  int taskManagers() {
    return get("/taskmanagers").map(answer -> answer.path("taskmanagers").size()).orElse(0);
  }

  /** Completed checkpoints of this attempt of a job; 0 while nobody answers. */
  int checkpoints(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints")
        .map(answer -> answer.path("counts").path("completed").asInt())
        .orElse(0);
  }

  /**
   * Submits a job. Without an answer it may run nevertheless; the id tells.
   *
   * @param jar name of a jar in the cluster's upload folder
   * @param id of the job, 32 hexadecimal digits; a second job of this id is refused
   * @param checkpoint to begin from, if any
   */
  void run(String jar, String id, String main, List<String> arguments, Optional<Path> checkpoint) {
    ObjectNode order = JSON.createObjectNode().put("jobId", id).put("entryClass", main);
    arguments.forEach(order.putArray("programArgsList")::add);
    checkpoint.ifPresent(path -> order.put("savepointPath", path.toUri().toString()));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/jars/" + jar + "/run"))
            .timeout(A_SUBMISSION)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order.toString()))
            .build();
    send(request);
  }

  private static Job job(JsonNode job) {
    return new Job(job.path("jid").asText(), job.path("name").asText(), job.path("state").asText());
  }

  private Optional<JsonNode> get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).timeout(A_LOOK).build());
  }

  /** Empty when nobody answers, or not with what was asked for. */
  private Optional<JsonNode> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
