package io.searchloop.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replays the dead letters of a running loop: {@code ./searchloop replay --dead-letters} in a
 * process of its own, since it holds the records in memory and must be able to end with the
 * console. One at a time. Thread-safe.
 */
final class ReplayDesk implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final int MOST_LINES = 200;

  /** Settings that change what the jobs compute; ports and addresses are the replay's own. */
  private static final List<String> PASSED_ON =
      List.of("attribution.", "assembly.", "engine.", "loop.partitions", "loop.client-config");

  private final LoopConnection loop;
  private final ConsoleHome home;
  private final InstantSource clock;
  private final List<String> lines = new ArrayList<>();
  private State state = State.NONE;
  private @Nullable Process process;
  private @Nullable JsonNode report;

  /** What the last replay of this console does. */
  enum State {
    NONE,
    RUNNING,
    CLEAN,
    FAILED
  }

  /**
   * What a page shows of it.
   *
   * @param lines what the replay said
   * @param report its report; null before its end
   */
  record Progress(State state, List<String> lines, @Nullable JsonNode report) {}

  /** Nothing has to be said to start one; an empty object keeps other fields out. */
  record Start() {}

  ReplayDesk(LoopConnection loop, ConsoleHome home, InstantSource clock) {
    this.loop = loop;
    this.home = home;
    this.clock = clock;
  }

  synchronized ConsoleReply progress(Call call) {
    return ConsoleReply.ok(new Progress(state, List.copyOf(lines), report));
  }

  synchronized ConsoleReply start(Call call) {
    ActionJson.read(call.body(), Start.class);
    if (state == State.RUNNING) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.BUSY, "A replay runs already. Wait for its report.");
    }
    Path directory = home.directory().resolve("replays").resolve(name());
    Path file = directory.resolve("report.json");
    Process begun = launch(directory, file);
    process = begun;
    state = State.RUNNING;
    lines.clear();
    report = null;
    Thread reader = new Thread(() -> follow(begun, file), "console-replay");
    reader.setDaemon(true);
    reader.start();
    return progress(call);
  }

  private String name() {
    return "console-" + STAMP.format(clock.instant());
  }

  private Process launch(Path directory, Path file) {
    List<String> command = new ArrayList<>(home.program());
    command.addAll(
        List.of(
            "replay",
            "--dead-letters",
            "--data-dir=" + directory,
            "--report=" + file,
            "--prefix=replay." + directory.getFileName(),
            "--loop.kafka=" + loop.brokers().addresses(),
            "--loop.registry=" + loop.serdes().registryUrl()));
    for (Map.Entry<String, String> setting : home.settings().entrySet()) {
      if (PASSED_ON.stream().anyMatch(setting.getKey()::startsWith)) {
        command.add("--" + setting.getKey() + "=" + setting.getValue());
      }
    }
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a process for the replay", e);
    }
  }

  private void follow(Process begun, Path file) {
    try (BufferedReader output = begun.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
      int exit = begun.waitFor();
      end(exit == 0 ? State.CLEAN : State.FAILED, file);
    } catch (IOException e) {
      add("The replay cannot be followed: " + e.getMessage());
      end(State.FAILED, file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(String line) {
    if (!line.isBlank() && lines.size() < MOST_LINES) {
      lines.add(line);
    }
  }

  private synchronized void end(State ended, Path file) {
    if (Files.exists(file)) {
      try {
        report = new ObjectMapper().readTree(file.toFile());
      } catch (IOException e) {
        lines.add("Its report " + file + " cannot be read: " + e.getMessage());
      }
    }
    state = ended;
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
