package io.searchloop.app.cli;

import io.searchloop.app.dataset.PastEvents;
import io.searchloop.app.replay.DeadLetterReplay;
import io.searchloop.app.replay.EventReplay;
import io.searchloop.app.replay.ReplayReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code searchloop replay}: a bounded run of the loop's jobs on topics of its own. */
@Command(
    name = "replay",
    description =
        "Runs a real shop's past, or the loop's own past with repaired dead letters, through the"
            + " loop's jobs on prefixed topics, and audits the outcome.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop replay --events data/datasets/bestbuy-xbox --report r.json",
      "  ./searchloop replay --events data/datasets/bestbuy-xbox --trainable-reconstructions",
      "  ./searchloop replay --events data/datasets/online-retail --reward.long-window P120D",
      "  ./searchloop replay --dead-letters --data-dir data/marketplace",
      "",
      "Exit code 0 only when the audit is clean. The replay's topics stay for inspection."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();

  @ArgGroup(multiplicity = "1")
  private Input input = new Input();

  /** What is replayed. */
  static final class Input {
    @Option(
        names = "--events",
        paramLabel = "DIR",
        description =
            "A shop's products.jsonl.gz and events.jsonl.gz: search clicks or order lines.")
    private @Nullable Path events;

    @Option(
        names = "--dead-letters",
        description =
            "The loop's decisions and events, and those dead letters that are usable now.")
    private boolean deadLetters;
  }

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Home of Kafka and checkpoints; for --dead-letters that of the stopped loop (default for"
              + " --events: data/replay-NAME).")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "Before every topic of the replay (default: replay.NAME.TIME.).")
  private @Nullable String prefix;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report.")
  private @Nullable Path report;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Read the first N lines of the log only.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      defaultValue = "20",
      description = "Products on a reconstructed page (default: ${DEFAULT-VALUE}).")
  private int pageSize;

  @Option(
      names = "--trainable-reconstructions",
      description =
          "What-if: count reconstructed pages as rollouts, so that groups form. Labelled so in the"
              + " report.")
  private boolean trainable;

  @Mixin private OutputOptions output = new OutputOptions();

  ReplayCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream terminal =
        new PrintStream(output.isJson() ? System.err : System.out, true, StandardCharsets.UTF_8);
    ReplayReport result =
        input.events == null ? deadLetters(terminal) : events(input.events, terminal);
    if (report != null) {
      result.write(report);
    }
    if (output.isJson()) {
      new PrintStream(System.out, true, StandardCharsets.UTF_8).println(result.toJson());
    } else {
      ReplaySummary.print(terminal, result);
      if (report != null) {
        terminal.println("Report: " + report);
      }
    }
    return result.clean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private ReplayReport events(Path events, PrintStream terminal) {
    Path name = events.toAbsolutePath().normalize().getFileName();
    Path directory = dataDirectory == null ? Path.of("data", "replay-" + name) : dataDirectory;
    logTo(directory, terminal);
    PastEvents log = PastEvents.in(events);
    return new EventReplay(
            log,
            new EventReplay.Options(prefix(log.name()), limit, pageSize, trainable),
            settings.values(),
            directory,
            clock,
            terminal::println)
        .run();
  }

  private ReplayReport deadLetters(PrintStream terminal) {
    Path directory = stoppedLoop();
    logTo(directory, terminal);
    return new DeadLetterReplay(
            prefix("dead-letters"), settings.values(), directory, clock, terminal::println)
        .run();
  }

  /** The directory of a stopped loop; any when Kafka is external. */
  private Path stoppedLoop() {
    Path directory = dataDirectory == null ? Path.of("data", "replay-dead-letters") : dataDirectory;
    boolean external = settings.values().containsKey("loop.kafka");
    if (!external && !Files.isDirectory(directory.resolve("kafka"))) {
      throw new IllegalArgumentException(
          "No loop has run in "
              + directory
              + ": there is no folder `kafka`. Name the directory of a stopped loop with --data-dir,"
              + " or a running one with --loop.kafka and --loop.registry.");
    }
    return directory;
  }

  private String prefix(String name) {
    String given = prefix == null ? "replay." + name + "." + STAMP.format(clock.instant()) : prefix;
    return given.endsWith(".") ? given : given + ".";
  }

  private static void logTo(Path directory, PrintStream terminal) {
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", directory.resolve("searchloop.log").toString());
    terminal.println("State and log: " + directory);
  }
}
