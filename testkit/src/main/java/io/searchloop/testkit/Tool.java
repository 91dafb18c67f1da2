package io.searchloop.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of the machine that tests ask, such as {@code promtool}. Tests are skipped with {@link
 * #missing} as the reason where it is not installed.
 *
 * @param name program on the path
 * @param debianPackage package that brings it
 */
public record Tool(String name, String debianPackage) {
  /** Checks expositions and alert rules. */
  public static final Tool PROMTOOL = new Tool("promtool", "prometheus");

  /** Checks compose files. */
  public static final Tool DOCKER_COMPOSE = new Tool("docker-compose", "docker-compose");

  /** What it answered: exit code and everything it printed. */
  public record Answer(int exitCode, String text) {}

  /** Whether it is on the path. */
  public boolean present() {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Why a test is skipped. */
  public String missing() {
    return name + " is not installed (Debian package " + debianPackage + ")";
  }

  /**
   * Runs it and waits.
   *
   * @param input what it reads from standard input
   * @param arguments behind its name
   */
  public Answer ask(Path folder, String input, String... arguments) {
    List<String> command = Stream.concat(Stream.of(name), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command + " ran", e);
    }
  }
}
