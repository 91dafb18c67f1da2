package io.searchloop.app.external;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Java processes with logs in one directory; closing ends those that still run, last first. */
final class JavaProcesses implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;
  private static final long LAST_WORDS_SECONDS = 15;

  private final Path directory;
  private final Map<String, String> environment;
  private final Deque<Process> running = new ArrayDeque<>();

  /**
   * @param directory where each process writes what it says, as NAME.log
   * @param environment variables of all that do not say otherwise
   */
  JavaProcesses(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** Starts a process with this one's class path. */
  Process start(String name, String heap, Class<?> main, Object... arguments) {
    return start(
        name, heap, System.getProperty("java.class.path"), environment, main.getName(), arguments);
  }

  /** Starts a process with another class path, and with these variables alone. */
  Process start(
      String name,
      String heap,
      String classPath,
      Map<String, String> variables,
      String main,
      Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dsearchloop.log=" + directory.resolve(name + ".details.log"));
    command.add("-Dlogback.configurationFile=" + logging());
    command.addAll(List.of("-cp", classPath, main));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      running.push(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + main, e);
    }
  }

  /**
   * Waits for the end of a process that does one thing.
   *
   * @return what it said
   * @throws IllegalStateException when it failed or did not end
   */
  String finish(String name, Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(name + " failed: " + said(name));
      }
      return said(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + name + " ran", e);
    }
  }

  /** What a process said so far. */
  String said(String name) {
    try {
      return Files.readString(log(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.forEach(Process::destroy);
    for (Process process : running) {
      try {
        if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  /** Warnings and errors, on standard output. */
  private Path logging() {
    Path file = directory.resolve("logback.xml");
    String text =
        """
        <configuration>
          <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
          <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{30} - %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="OUT"/></root>
        </configuration>
        """;
    try {
      return Files.exists(file) ? file : Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
