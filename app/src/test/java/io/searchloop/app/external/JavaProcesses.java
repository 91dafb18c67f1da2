package io.searchloop.app.external;

import io.searchloop.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Java processes with logs in one directory; closing ends those that still run, last first. */
final class JavaProcesses implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 480;
  private static final long LAST_WORDS_SECONDS = 15;

  private final Path directory;
  private final Map<String, String> environment;
  private final Deque<Running> running = new ConcurrentLinkedDeque<>();

  private record Running(String name, Process process) {}

  /**
   * @param directory where each process writes its results to NAME.out and its log to NAME.log
   * @param environment variables of all that do not say otherwise
   */
  JavaProcesses(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(this::close)); // of a build that was interrupted
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
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out(name).toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      running.push(new Running(name, process));
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
        throw failure(name);
      }
      return read(out(name));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + name + " ran", e);
    }
  }

  /**
   * Waits for what processes do together.
   *
   * @throws IllegalStateException with the last words of a process that failed meanwhile
   */
  void await(BooleanSupplier condition) {
    Eventually.decided(
        () -> {
          for (Running each : running) {
            if (!each.process().isAlive() && each.process().exitValue() != 0) {
              throw failure(each.name());
            }
          }
          return condition.getAsBoolean() ? Optional.of(true) : Optional.empty();
        });
  }

  @Override
  public void close() {
    running.forEach(each -> each.process().destroy());
    for (Running each : running) {
      Process process = each.process();
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

  private IllegalStateException failure(String name) {
    return new IllegalStateException(name + " failed: " + read(out(name)) + read(log(name)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path out(String name) {
    return directory.resolve(name + ".out");
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  /** Warnings and errors, on standard error. */
  private Path logging() {
    Path file = directory.resolve("logback.xml");
    String text =
        """
        <configuration>
          <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
          <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
            <target>System.err</target>
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
