package io.searchloop.app.cli;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.rewrites.RewriteTrials;
import io.searchloop.app.rewrites.RewriteWins;
import io.searchloop.app.rewrites.RuleExport;
import io.searchloop.app.rewrites.RuleFormat;
import io.searchloop.app.rewrites.SearchRewards;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop rewrites export}. */
@Command(
    name = "export",
    description =
        "Writes the rewrites that earned more than their query as typed as a synonym file or as"
            + " Querqy's common rules.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A rewrite is exported when the 95 %% interval of its gain lies above zero.",
      "Of several of one query only the surest is.",
      "",
      "Examples:",
      "  ./searchloop rewrites export --format synonyms --out synonyms.txt",
      "  ./searchloop rewrites export --format querqy --out rules.txt --data-dir DIR"
    })
final class RewritesExportCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "synonyms (Solr, Lucene, OpenSearch, Elasticsearch) or querqy.")
  private Format format = Format.synonyms;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the rules go.")
  private Path out = Path.of("");

  @Option(
      names = "--min-searches",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Searches with the rewrite, and as many without one, before it is judged (default:"
              + " ${DEFAULT-VALUE}).")
  private long least = 50;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description = "Visitors that count; all by default.")
  private @Nullable String locale;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a stopped loop; its broker is started for the export.")
  private @Nullable Path dataDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  RewritesExportCommand(Settings settings) {
    this.settings = settings;
  }

  /** Formats, as they are typed. */
  enum Format {
    synonyms(RuleFormat.SYNONYMS),
    querqy(RuleFormat.QUERQY);

    private final RuleFormat rules;

    Format(RuleFormat rules) {
      this.rules = rules;
    }
  }

  @Override
  public Integer call() {
    if (least < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--min-searches is %d, expected at least 2: one search bounds nothing. Leave it out for 50."
              .formatted(least));
    }
    if (dataDirectory == null) {
      export(connection.brokers(), connection.serdes());
    } else {
      stopped(dataDirectory);
    }
    return ExitCode.OK;
  }

  private void stopped(Path directory) {
    try (Platform platform =
        Platform.ofStopped(directory, LoopSettings.of(settings.values(), false))) {
      export(platform.bootstrapServers(), platform.serdes());
    }
  }

  private void export(Brokers brokers, Serdes serdes) {
    SearchRewards rewards = new SearchRewards();
    try (TopicLog<RewardTuple> log = new TopicLog<>(Topics.REWARDS, brokers, serdes)) {
      log.toEnd(located -> rewards.add(located.value()));
    }
    RewriteTrials trials = new RewriteTrials(rewards, Optional.ofNullable(locale));
    try (TopicLog<Decision> log = new TopicLog<>(Topics.DECISIONS, brokers, serdes)) {
      log.toEnd(located -> trials.add(located.value()));
    }
    RewriteWins found = trials.wins(least);
    RuleExport export = RuleExport.of(found, format.rules);
    export.write(out);
    spec.commandLine()
        .getOut()
        .printf(
            "%d rules in %s: %d rewrites of %d queries compared, %d won, %d of them second to a"
                + " better one, %d cannot be said in this format. About %.1f would win by luck if"
                + " none changed anything. Searches left out: %s%n",
            export.rules(),
            out,
            found.compared(),
            found.queries(),
            found.wins().size() + found.seconds(),
            found.seconds(),
            export.unsaid(),
            found.byLuck(),
            trials.leftOut());
  }
}
