package io.searchloop.app.console;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start this program once more, beside itself. */
final class ThisProgram {
  private static final long LEAST_HEAP_MB = 512;

  private ThisProgram() {}

  /**
   * The command without arguments: the same Java, classes and options, half the heap.
   *
   * @param main class that it starts
   */
  static List<String> command(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-D") || option.startsWith("-Xss"))
        .filter(option -> !option.startsWith("-Dsearchloop.log"))
        .forEach(command::add);
    long heap = Math.max(LEAST_HEAP_MB, Runtime.getRuntime().maxMemory() / (2 << 20));
    command.add("-Xmx" + heap + "m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(main.getName());
    return command;
  }
}
