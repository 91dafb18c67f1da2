package io.searchloop.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of ours with this one's class path. We speak in JSON lines over its input and
 * output; its log and whatever it prints besides lie in its directory. It ends when its input does,
 * so it outlives us by a moment only. Confined to one thread.
 */
public final class JvmChild implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Class<?> main;
  private final Path directory;
  private final Process process;
  private final BufferedReader replies;
  private final PrintWriter orders;

  private JvmChild(Class<?> main, Path directory, Process process) {
    this.main = main;
    this.directory = directory;
    this.process = process;
    this.replies = process.inputReader(StandardCharsets.UTF_8);
    this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts a process.
   *
   * @param main what it runs
   * @param flags flags of Java, such as the size of its heap
   * @param directory where its log goes; made when missing
   */
  public static JvmChild start(Class<?> main, List<String> flags, Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Dsearchloop.log=" + directory.resolve("searchloop.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("stderr.log").toFile()))
              .start();
      return new JvmChild(main, directory, process);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + String.join(" ", command), e);
    }
  }

  /** Collectors of garbage. */
  public enum Collector {
    /** Most work done; what Flink's own scripts start a TaskManager with. */
    PARALLEL("-XX:+UseParallelGC"),
    /** Short pauses, and none for the whole heap because artifacts came and went. */
    G1("-XX:+UseG1GC");

    private final String flag;

    Collector(String flag) {
      this.flag = flag;
    }
  }

  /**
   * Flags that every process of ours needs, as the launcher sets them, and its heap: all of it from
   * the start, as Flink's own scripts start a TaskManager.
   */
  public static List<String> flags(Collector collector, String heap) {
    return List.of(
        collector.flag,
        "-Xms" + heap,
        "-Xmx" + heap,
        "-Xss2m",
        "-XX:MaxDirectMemorySize=1g",
        "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.searchloop.schemas",
        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
  }

  /** Gives it an order, as one line of JSON. */
  public void send(Object order) {
    orders.println(BenchJson.line(order));
  }

  /**
   * Waits for the next line.
   *
   * @throws IllegalStateException when the process has ended
   */
  public <T> T receive(Class<T> type) {
    return next(type)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s ended before it answered. See the logs in %s."
                        .formatted(main.getSimpleName(), directory)));
  }

  /** The next line; empty when the process has ended. */
  public <T> Optional<T> next(Class<T> type) {
    try {
      return Optional.ofNullable(replies.readLine()).map(line -> BenchJson.read(line, type));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from " + main.getSimpleName(), e);
    }
  }

  /** Whether it runs; one that has ended never does again. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Its number to the operating system. */
  public long pid() {
    return process.pid();
  }

  /** For a person: that it runs, or what it ended with. */
  public String state() {
    return alive() ? "is alive" : "has ended with exit code " + process.exitValue();
  }

  /**
   * Kills it as {@code kill -9} does; it flushes, closes and aborts nothing. What it had said
   * before can still be read.
   */
  public void kill() {
    // Not Process.destroyForcibly, which closes our end of its output.
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  /** Ends its input and waits until it has closed everything. */
  @Override
  public void close() {
    orders.close();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
