package io.searchloop.app.replay;

import io.searchloop.app.dataset.PastEvents;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.report.LoopReport;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends a real shop's past through the operators of the live loop and proves the outcome: {@code
 * replay --events}.
 *
 * @param log what the shop sold and its shoppers did
 * @param options what the command line asked for
 * @param given settings of the command line
 * @param dataDirectory home of broker and checkpoints
 * @param clock wall clock
 * @param stages told what happens, for a person
 */
public record EventReplay(
    PastEvents log,
    Options options,
    Map<String, String> given,
    Path dataDirectory,
    InstantSource clock,
    Consumer<String> stages) {
  private static final long FIRST_EPOCH = 1;
  private static final String WHAT_IF =
      "What-if: each reconstructed page counts as the rollout of a policy that answers with the query"
          + " as typed, so that groups and pairs form. The log holds no rollouts.";
  private static final String NOT_TRAINABLE =
      "Searches as typed are never trained on, so no group or pair can form;"
          + " --trainable-reconstructions shows the machinery on these clicks.";

  /**
   * What a replay of events can be asked.
   *
   * @param prefix before the replay's topics
   * @param limit lines of the log to read at most
   * @param pageSize products on a reconstructed page
   * @param trainable whether reconstructed pages count as rollouts
   */
  public record Options(String prefix, long limit, int pageSize, boolean trainable) {
    public Options {
      if (limit < 1) {
        throw new IllegalArgumentException("limit is " + limit + ", expected 1 or more lines");
      }
    }
  }

  /** Runs the replay. */
  public ReplayReport run() {
    PastShop shop = PastShops.of(log);
    LoopSettings settings = ReplaySettings.of(shop.defaults(), given);
    Stopwatch stopwatch = new Stopwatch(clock);
    stages.accept("Starting Kafka and the schema registry ...");
    try (Platform platform = Platform.start(dataDirectory, settings)) {
      BoundedRun run =
          new BoundedRun(
              platform,
              settings,
              dataDirectory.resolve("replays").resolve(options.prefix()),
              options.prefix(),
              stages,
              stopwatch);
      List<RewardConfig> configs = List.of(settings.reward().toRecord());
      run.create(configs);
      stages.accept("Writing the log of " + log.name() + " to " + options.prefix() + "* ...");
      Written written = stopwatch.time("write", () -> write(shop, run));
      stages.accept("Wrote " + written.sent());
      return report(shop, written, run.run(configs), stopwatch);
    }
  }

  /** What became of the lines, and what was written. */
  private record Written(Map<String, Long> lines, Map<String, Long> sent) {}

  private Written write(PastShop shop, BoundedRun run) {
    try (LuceneSearchEngine engine =
            LuceneSearchEngine.index(log.products().values(), FIRST_EPOCH, Bm25.DEFAULT);
        ReplayWriter writer = run.writer()) {
      EventTimeOrder ordered = new EventTimeOrder(writer, shop.horizon());
      ReconstructedSearches searches =
          new ReconstructedSearches(engine, options.pageSize(), options.trainable());
      return new Written(shop.replay(log, options.limit(), searches, ordered), writer.sent());
    }
  }

  private ReplayReport report(
      PastShop shop, Written written, BoundedRun.Outcome outcome, Stopwatch stopwatch) {
    List<String> labels = new ArrayList<>();
    labels.add(shop.label());
    labels.add(options.trainable() ? WHAT_IF : NOT_TRAINABLE);
    labels.addAll(log.problems().first());
    Map<String, Map<String, Long>> equation = Equation.byTopic(outcome.audit(), options.prefix());
    return new ReplayReport(
        log.name(),
        labels,
        options.prefix(),
        written.lines(),
        written.sent(),
        equation,
        outcome.tuples(),
        outcome.audit().tuples(),
        outcome.learning(),
        null,
        stopwatch.seconds(),
        ReplaySettings.effective(shop.defaults(), given),
        LoopReport.machineFacts(),
        ReplayReport.violations(outcome.audit(), written.sent(), equation));
  }
}
