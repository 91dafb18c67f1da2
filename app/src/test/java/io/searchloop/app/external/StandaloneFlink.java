package io.searchloop.app.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.launcher.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A standalone Flink as its own scripts start it: a JobManager, two TaskManagers and the command
 * line, each a process whose class path is Flink and nothing of ours.
 */
final class StandaloneFlink {
  private static final int TASK_MANAGERS = 2;
  private static final String RUNTIME = "org.apache.flink.runtime.";

  /** Jars of Flink's distribution; Kafka and Avro come with a job. */
  private static final Pattern FLINK =
      Pattern.compile(
          "flink-(?!avro|connector-kafka|test|sql).*|frocksdbjni.*|slf4j-api.*|logback-.*|kryo.*|minlog.*|"
              + "objenesis.*|reflectasm.*|javassist.*|commons-(cli|io|lang3|text|math3|compress|collections).*|"
              + "snappy-java.*|lz4-java.*|async-profiler.*|jsr305.*|snakeyaml-engine.*|jackson.*annotations.*");

  /** What Flink's default configuration opens to it. */
  private static final String OPENED =
      Stream.of("lang", "net", "io", "nio", "lang.reflect", "text", "time", "util")
          .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
          .collect(Collectors.joining(" "));

  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private final JavaProcesses processes;
  private final Path home;
  private final int port;
  private final String classPath;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private int commands;

  private StandaloneFlink(JavaProcesses processes, Path home, int port, Path configuration) {
    this.processes = processes;
    this.home = home;
    this.port = port;
    this.classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> FLINK.matcher(Path.of(entry).getFileName().toString()).matches())
            .filter(entry -> !entry.endsWith("tests.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    this.environment =
        Map.of("FLINK_CONF_DIR", configuration.toString(), "JDK_JAVA_OPTIONS", OPENED);
  }

  /** Starts a cluster and waits until all its slots are there. */
  static StandaloneFlink start(JavaProcesses processes, Path home) throws IOException {
    int port = Ports.claim(0, "Flink's REST interface", "none");
    Path configuration = Files.createDirectories(home.resolve("conf"));
    Files.writeString(configuration.resolve("config.yaml"), settings(home, port));
    StandaloneFlink flink = new StandaloneFlink(processes, home, port, configuration);
    flink.entry("jobmanager", RUNTIME + "entrypoint.StandaloneSessionClusterEntrypoint");
    for (int i = 1; i <= TASK_MANAGERS; i++) {
      flink.entry("taskmanager-" + i, RUNTIME + "taskexecutor.TaskManagerRunner");
    }
    processes.await(() -> flink.taskManagers() == TASK_MANAGERS);
    return flink;
  }

  private int taskManagers() {
    return ask("/taskmanagers").map(answer -> answer.path("taskmanagers").size()).orElse(0);
  }

  /** Runs {@code flink run -d} with a job's main class, and returns the job's id. */
  String run(Path jar, String main, List<String> flags, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("run", "-d"));
    all.addAll(flags);
    all.addAll(List.of("-c", main, jar));
    all.addAll(List.of(arguments));
    Matcher id = Pattern.compile("JobID (\\w{32})").matcher(command(all.toArray()));
    if (!id.find()) {
      throw new IllegalStateException("flink run did not name a job");
    }
    return id.group(1);
  }

  /** Runs {@code flink stop}, and returns where the savepoint is. */
  String stop(String job) {
    String said = command("stop", "--savepointPath", home.resolve("savepoints").toUri(), job);
    Matcher path = SAVEPOINT.matcher(said);
    if (!path.find()) {
      throw new IllegalStateException("flink stop did not name a savepoint: " + said);
    }
    return path.group(1);
  }

  /** State of a job by Flink's names. */
  String state(String job) {
    return ask("/jobs/" + job).map(answer -> answer.path("state").asText()).orElse("unknown");
  }

  /** Completed checkpoints of a job. */
  int checkpoints(String job) {
    return ask("/jobs/" + job + "/checkpoints")
        .map(answer -> answer.path("counts").path("completed").asInt())
        .orElse(0);
  }

  /** Subtasks of the widest operator of a job. */
  int widest(String job) {
    return vertices(job).mapToInt(vertex -> vertex.path("parallelism").asInt()).max().orElse(0);
  }

  /** How many TaskManagers a job's subtasks run on. */
  long spread(String job) {
    return vertices(job)
        .flatMap(vertex -> ask("/jobs/" + job + "/vertices/" + vertex.path("id").asText()).stream())
        .flatMap(vertex -> all(vertex.path("subtasks")))
        .map(subtask -> subtask.path("taskmanager-id").asText())
        .distinct()
        .count();
  }

  private Stream<JsonNode> vertices(String job) {
    return ask("/jobs/" + job).stream().flatMap(answer -> all(answer.path("vertices")));
  }

  private static Stream<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** What went wrong in a job; empty when nothing did. */
  List<String> failures(String job) {
    return ask("/jobs/" + job + "/exceptions").stream()
        .flatMap(answer -> all(answer.path("exceptionHistory").path("entries")))
        .map(entry -> entry.path("stacktrace").asText())
        .toList();
  }

  private String command(Object... arguments) {
    String name = "flink-" + ++commands + "-" + arguments[0];
    Process process =
        processes.start(
            name,
            "512m",
            classPath,
            environment,
            "org.apache.flink.client.cli.CliFrontend",
            arguments);
    return processes.finish(name, process);
  }

  private void entry(String name, String main) {
    processes.start(
        name,
        "768m",
        classPath,
        environment,
        main,
        "--configDir",
        environment.get("FLINK_CONF_DIR"));
  }

  private Optional<JsonNode> ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Ports.LOOPBACK + ":" + port + path)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(json.readTree(answer.body()))
          : Optional.empty();
    } catch (java.net.ConnectException e) {
      return Optional.empty(); // it is starting
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What Flink's scripts would add to its default configuration, sized for a test. */
  private static String settings(Path home, int port) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        taskmanager.numberOfTaskSlots: 3
        taskmanager.load-balance.mode: SLOTS
        taskmanager.cpu.cores: 1.0
        taskmanager.memory.task.heap.size: 400m
        taskmanager.memory.task.off-heap.size: 64m
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 16m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 128m
        taskmanager.memory.jvm-overhead.max: 128m
        execution.checkpointing.dir: %s
        io.tmp.dirs: %s
        """
        .formatted(
            Ports.claim(0, "Flink's JobManager", "none"),
            port,
            home.resolve("checkpoints").toUri(),
            home.resolve("tmp"));
  }
}
