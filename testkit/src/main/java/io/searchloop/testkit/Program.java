package io.searchloop.testkit;

import java.io.File;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of this machine: curl, node, npm. */
public final class Program {
  /** What a test says when it is skipped for want of Node.js. */
  public static final String NO_NODE = "There is no Node.js 20 or later on the path; install it";

  private static final int LEAST_NODE = 20;
  private static final Pattern NODE_VERSION = Pattern.compile("^v(\\d{1,4})\\.");
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);

  private final Path executable;
  private final String input;

  private Program(Path executable, String input) {
    this.executable = executable;
    this.input = input;
  }

  /** The program of a name; empty where the machine has none. */
  public static Optional<Program> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new Program(executable, ""));
  }

  /** Node.js that is new enough for our tests; empty where there is none. */
  public static Optional<Program> node() {
    return find("node").filter(Program::isNodeOfToday);
  }

  private static boolean isNodeOfToday(Program node) {
    String version = node.run(Path.of("."), Map.of(), VERSION_LIMIT, "--version").said().strip();
    Matcher major = NODE_VERSION.matcher(version);
    return major.find() && Integer.parseInt(major.group(1)) >= LEAST_NODE;
  }

  /** The same program with something to read from its standard input. */
  public Program reading(String text) {
    return new Program(executable, text);
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
      Path read = Files.writeString(Files.createTempFile("program", ".in"), input);
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(read.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
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
        Files.deleteIfExists(read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command + " ran", e);
    }
  }
}
