package io.searchloop.app.fleet;

import io.searchloop.app.bench.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Java process of the loop, which ends and begins again under the same command. What it says goes
 * to a log of its own. Needs a POSIX system: pauses are signals. Safe for use by several threads.
 */
final class LoopProcess implements AutoCloseable {
  private static final long LAST_WORDS_SECONDS = 10;

  private final String name;
  private final List<String> java;
  private final List<String> program;
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;
  private String classPath = System.getProperty("java.class.path");
  private boolean paused;
  private boolean ended;
  private int starts;
  private Duration cpuOfEarlierLives = Duration.ZERO;

  private LoopProcess(
      String name,
      List<String> java,
      List<String> program,
      Map<String, String> environment,
      Path directory) {
    this.name = name;
    this.java = List.copyOf(java);
    this.program = List.copyOf(program);
    this.environment = Map.copyOf(environment);
    this.log = directory.resolve(name + ".log");
  }

  /**
   * A process that has not begun, with this one's class path until it is told another.
   *
   * @param name of its log in the directory
   * @param heap such as {@code 512m}
   * @param flags further flags of Java
   * @param environment variables it has besides ours
   */
  static LoopProcess of(
      String name,
      String heap,
      List<String> flags,
      String main,
      List<String> arguments,
      Map<String, String> environment,
      Path directory) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx" + heap, "-Xss2m"));
    java.add("-XX:MaxDirectMemorySize=512m");
    java.add("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.searchloop.schemas");
    java.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    java.add("-Dsearchloop.log=" + directory.resolve(name + ".details.log"));
    java.addAll(flags);
    List<String> program = new ArrayList<>(List.of(main));
    program.addAll(arguments);
    return new LoopProcess(name, java, program, environment, directory);
  }

  String name() {
    return name;
  }

  /** Its next life has another class path. */
  synchronized void use(String otherClassPath) {
    classPath = otherClassPath;
  }

  /** Begins a life, unless it lives. */
  synchronized void start() {
    if (ended || alive()) {
      return;
    }
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
    paused = false;
    starts++;
  }

  /** How often it began. */
  synchronized int starts() {
    return starts;
  }

  /** Whether it lives, paused or not. */
  synchronized boolean alive() {
    return process != null && process.isAlive();
  }

  /** Ends it at once: it flushes, closes and aborts nothing. */
  synchronized void kill() {
    note();
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Kills it for good. */
  synchronized void end() {
    ended = true;
    kill();
  }

  /** Asks it to end, as an operator does. */
  synchronized void terminate() {
    note();
    if (process != null) {
      process.destroy();
    }
  }

  /** Stops it from running at all; its connections stay open. */
  synchronized void pause() {
    paused = signal("STOP");
  }

  /** Lets it go on. */
  synchronized void resume() {
    signal("CONT");
    paused = false;
  }

  /** Whether it is paused. */
  synchronized boolean paused() {
    return paused && alive();
  }

  /** CPU time of all its lives, as far as the system tells. */
  synchronized Duration cpu() {
    return cpuOfEarlierLives.plus(
        alive() && process != null
            ? process.info().totalCpuDuration().orElse(Duration.ZERO)
            : Duration.ZERO);
  }

  /** Bytes of memory it holds; 0 where it does not run or the system does not tell. */
  synchronized long resident() {
    if (!alive() || process == null) {
      return 0;
    }
    try {
      return ProcessMemory.residentBytes(process.pid());
    } catch (UncheckedIOException e) {
      return 0; // it ended meanwhile
    }
  }

  /** Ends it for good. */
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      if (paused()) {
        resume();
      }
      terminate();
      last = process;
    }
    try {
      if (last != null && !last.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        last.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Remembers the CPU time of a life that is about to end. */
  private void note() {
    cpuOfEarlierLives = cpu();
  }

  private boolean signal(String signal) {
    if (!alive() || process == null) {
      return false;
    }
    try {
      return new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot send signal " + signal + " to " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
