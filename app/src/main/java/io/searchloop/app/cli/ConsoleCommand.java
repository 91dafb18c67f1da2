package io.searchloop.app.cli;

import io.searchloop.app.console.ConsoleHome;
import io.searchloop.app.console.ConsoleServer;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop console}. */
@Command(
    name = "console",
    description =
        "A page that shows a loop and takes an operator's decisions; the demo serves one of its"
            + " own. Runs until Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It listens on 127.0.0.1. Elsewhere it asks who comes, see docs/security.md.",
      "",
      "Examples:",
      "  ./searchloop console --console.port 8084                      a running loop",
      "  ./searchloop console --bootstrap broker:9092 --registry http://registry:8081",
      "  ./searchloop console --console.host 0.0.0.0 --console.users keys/users",
      "  ./searchloop console --data-dir data/marketplace              a stopped one"
    })
final class ConsoleCommand implements Callable<Integer> {
  private final Settings settings;
  private final InstantSource clock = InstantSource.system();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a stopped loop; its broker is started for the console.")
  private @Nullable Path dataDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  ConsoleCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    LoopSettings loop = LoopSettings.of(settings.values(), false);
    Path directory = dataDirectory == null ? Path.of("data", "console") : dataDirectory;
    System.setProperty("searchloop.log", directory.resolve("console.log").toString());
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                },
                "stop-on-ctrl-c"));
    try {
      return dataDirectory == null
          ? serve(
              loop, new LoopConnection(connection.brokers(), connection.serdes()), directory, stop)
          : stopped(loop, directory, stop);
    } finally {
      stopped.countDown();
    }
  }

  private int stopped(LoopSettings loop, Path directory, CountDownLatch stop) {
    try (Platform platform = Platform.ofStopped(directory, loop)) {
      return serve(
          loop,
          new LoopConnection(platform.bootstrapServers(), platform.serdes()),
          directory,
          stop);
    }
  }

  private int serve(
      LoopSettings loop, LoopConnection connected, Path directory, CountDownLatch stop) {
    Map<String, String> passedOn = new TreeMap<>(settings.values());
    passedOn.putAll(connection.settings());
    ConsoleHome home = ConsoleHome.here(directory, Main.class, passedOn);
    try (ConsoleServer console = ConsoleServer.start(loop.console(), connected, home, clock)) {
      spec.commandLine().getOut().println("Console: " + console.url());
      spec.commandLine().getOut().flush();
      awaitQuietly(stop);
    }
    return ExitCode.OK;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
