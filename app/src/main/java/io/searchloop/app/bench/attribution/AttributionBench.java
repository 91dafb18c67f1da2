package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.Backlog;
import io.searchloop.app.bench.traffic.BacklogWriter;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What attribution costs beside the least that a job between the same topics can do, and whether it
 * costs more when more is open. All contenders take turns within each round, so that whatever slows
 * the machine for a while slows all of them; the first rounds warm them up and are thrown away.
 */
public final class AttributionBench {
  private static final Map<String, String> FREE_PORTS =
      Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0");

  private final AttributionPlan plan;
  private final Path directory;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * @param directory empty folder for topics, checkpoints and logs; some 15 GB at full size
   * @param progress told what happens, for a person
   */
  public AttributionBench(
      AttributionPlan plan, Path directory, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when a run fails
   */
  public AttributionReport call(List<String> command) {
    Instant started = clock.instant();
    progress.accept("Starting Kafka and the schema registry ...");
    try (Platform platform =
            Platform.start(directory.resolve("platform"), LoopSettings.of(FREE_PORTS, false));
        Contest contest = new Contest(platform, plan, directory)) {
      Map<Long, Backlog> backlogs = write(platform);
      warmUp(contest, backlogs);
      List<AttributionRun> runs = new ArrayList<>();
      for (int round = 1; round <= plan.rounds(); round++) {
        runs.addAll(round(contest, backlogs, round));
      }
      return AttributionReport.of(
          command,
          started,
          clock.instant(),
          contest.flags(),
          plan,
          List.copyOf(backlogs.values()),
          runs,
          profile(contest, backlogs));
    }
  }

  private Map<Long, Backlog> write(Platform platform) {
    BacklogWriter writer = new BacklogWriter(platform.bootstrapServers(), platform.serdes());
    Map<Long, Backlog> backlogs = new LinkedHashMap<>();
    for (long open : plan.openImpressions()) {
      progress.accept("Writing the backlog with " + open + " open impressions ...");
      Backlog backlog = writer.write("bench.open" + open + ".", plan.shape(open));
      progress.accept(
          "  %,d records, %,d bytes each".formatted(backlog.records(), backlog.bytesPerRecord()));
      backlogs.put(open, backlog);
    }
    return backlogs;
  }

  private void warmUp(Contest contest, Map<Long, Backlog> backlogs) {
    progress.accept("Warming up; these runs do not count.");
    for (int round = 1; round <= plan.warmUpRounds(); round++) {
      for (Contender contender : plan.contenders()) {
        show(contest.run(0, contender, backlog(backlogs, plan.comparedAt()), false, ""));
      }
    }
  }

  private List<AttributionRun> round(Contest contest, Map<Long, Backlog> backlogs, int round) {
    progress.accept("Round " + round + " of " + plan.rounds());
    List<AttributionRun> runs = new ArrayList<>();
    for (long open : plan.openImpressions()) {
      for (Contender contender : plan.contenders()) {
        boolean rewards = contender.job() == BenchJob.REWARD;
        if (rewards || open == plan.comparedAt()) {
          boolean weigh = rewards && round == plan.rounds();
          runs.add(show(contest.run(round, contender, backlog(backlogs, open), weigh, "")));
        }
      }
    }
    return runs;
  }

  /** Further runs with the most open, since recording costs time. */
  private Map<String, ProfileSummary> profile(Contest contest, Map<Long, Backlog> backlogs) {
    Map<String, ProfileSummary> profiles = new LinkedHashMap<>();
    Path folder = plan.profile();
    if (folder == null) {
      return profiles;
    }
    progress.accept("Profiling; these runs do not count either.");
    for (Contender contender : plan.contenders()) {
      Path file = folder.resolve(contender.label() + ".jfr").toAbsolutePath();
      contest.run(0, contender, backlog(backlogs, plan.mostOpen()), false, file.toString());
      progress.accept("  " + file);
      profiles.put(contender.label(), ProfileSummary.of(file));
    }
    return profiles;
  }

  private static Backlog backlog(Map<Long, Backlog> backlogs, long open) {
    Backlog backlog = backlogs.get(open);
    if (backlog == null) {
      throw new IllegalStateException("No backlog with " + open + " open impressions");
    }
    return backlog;
  }

  private AttributionRun show(AttributionRun run) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "  %-20s %,9d open %,9.0f records/s %6.1f us CPU each, %4.1f %% in GC",
            run.contender(),
            run.openImpressions(),
            run.figures().recordsPerSecond(),
            run.figures().cpuMicrosPerRecord(),
            100 * run.figures().gcSeconds() / run.figures().seconds()));
    return run;
  }
}
