package io.searchloop.app.cli;

import io.searchloop.app.report.PastSearches;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.search.suggest.PastQueryFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop suggestions}. */
@Command(
    name = "suggestions",
    description =
        "Writes the file of past queries that workers suggest from: how often each was asked, and"
            + " what a search for it earned.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Workers read the file when they start: serving.suggestions=FILE.",
      "Any log of queries will do that is written in its three columns.",
      "",
      "Example:",
      "  ./searchloop suggestions --out past-queries.tsv --least 10"
    })
final class SuggestionsCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the queries go.")
  private Path out = Path.of("");

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Searches that make a query public; what fewer asked may tell who they are (default:"
              + " ${DEFAULT-VALUE}).")
  private long least = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PastSearches searches = new PastSearches();
    try (TopicLog<RewardTuple> log =
        new TopicLog<>(Topics.REWARDS, connection.brokers(), connection.serdes())) {
      log.toEnd(located -> searches.add(located.value()));
    }
    List<PastQuery> queries = searches.queries(least);
    PastQueryFile.write(out, queries);
    spec.commandLine().getOut().printf("%d past queries in %s%n", queries.size(), out);
    return ExitCode.OK;
  }
}
