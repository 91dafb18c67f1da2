package io.searchloop.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A program that tests ask and can do without, such as {@code promtool}: they are skipped with
 * {@link #missing} as the reason where it is not installed.
 *
 * @param name program on the path
 * @param debianPackage package that brings it
 */
public record Tool(String name, String debianPackage) {
  /** Checks expositions and alert rules. */
  public static final Tool PROMTOOL = new Tool("promtool", "prometheus");

  /** Checks compose files. */
  public static final Tool DOCKER_COMPOSE = new Tool("docker-compose", "docker-compose");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Whether it is on the path. */
  public boolean present() {
    return Program.find(name).isPresent();
  }

  /** Why a test is skipped. */
  public String missing() {
    return name + " is not installed (Debian package " + debianPackage + ")";
  }

  /**
   * Runs it to its end.
   *
   * @param input what it reads from standard input
   * @param arguments behind its name
   * @throws IllegalStateException when it is missing, or does not end
   */
  public Program.Ended ask(Path folder, String input, String... arguments) {
    return Program.find(name)
        .orElseThrow(() -> new IllegalStateException(missing()))
        .reading(input)
        .run(folder, Map.of(), LIMIT, arguments);
  }
}
