package io.searchloop.app.cli;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.trace.QueryTrace;
import io.searchloop.app.trace.QueryTracer;
import io.searchloop.app.trace.TraceTree;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop trace}. */
@Command(
    name = "trace",
    description =
        "One search from end to end: its decision, the release that made it and what that was"
            + " trained on, its events, rewards, and the minibatches that learned from it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when no decision has the id.",
      "",
      "Examples:",
      "  ./searchloop trace 019b2c5d7e1f8a0b1c2d3e4f5061                      a running loop",
      "  ./searchloop trace ID --data-dir data/marketplace --output json     a stopped one",
      "  ./searchloop trace ID --show-query"
    })
final class TraceCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      index = "0",
      paramLabel = "QUERY_ID",
      description = "Id of the search, as in the answer and in every event.")
  private String queryId = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a stopped loop; its broker is started for the trace.")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--show-query",
      description = "Show the query and its rewrites: they are private.")
  private boolean showQuery;

  @Spec private CommandSpec spec = CommandSpec.create();

  TraceCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    QueryTrace trace =
        dataDirectory == null
            ? trace(connection.brokers(), connection.serdes())
            : stopped(dataDirectory);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(trace));
    } else if (trace.found()) {
      TraceTree.lines(trace).forEach(out::println);
    }
    if (!trace.found()) {
      spec.commandLine()
          .getErr()
          .printf(
              "No decision has the id %s. Searched, in records: %s. Decisions expire with their"
                  + " topic, after 30 days by default.%n",
              queryId, trace.searched());
    }
    return trace.found() ? ExitCode.OK : ExitCode.FAILED;
  }

  private QueryTrace stopped(Path directory) {
    try (Platform platform =
        Platform.ofStopped(directory, LoopSettings.of(settings.values(), false))) {
      return trace(platform.bootstrapServers(), platform.serdes());
    }
  }

  /** Progress goes beside the answer, so that the answer can be piped. */
  private QueryTrace trace(Brokers bootstrapServers, Serdes serdes) {
    PrintWriter err = spec.commandLine().getErr();
    return new QueryTracer(
            bootstrapServers,
            serdes,
            showQuery,
            line -> {
              err.println(line);
              err.flush();
            })
        .trace(queryId);
  }
}
