package io.searchloop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine, which a test can do without: curl, node, npm. */
public final class Program {
  private final Path executable;

  private Program(Path executable) {
    this.executable = executable;
  }

  /** The program of a name; empty where the machine has none. */
  public static Optional<Program> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Program::new);
  }

  /**
   * How it ended.
   *
   * @param exitCode 0 for success
   * @param said standard output and error, as they came
   */
  public record Ended(int exitCode, String said) {}

  /**
   * Runs it to its end.
   *
   * @param folder working directory
   * @param environment variables besides those of this process
   * @param limit after which it is killed
   * @throws IllegalStateException when it does not end in time
   */
  public Ended run(
      Path folder, Map<String, String> environment, Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    try {
      Path said = Files.createTempFile("program", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new IllegalStateException(
              command + " did not end within " + limit + ": " + Files.readString(said));
        }
        return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command + " ran", e);
    }
  }
}
