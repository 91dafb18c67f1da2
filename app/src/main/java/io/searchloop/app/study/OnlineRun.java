package io.searchloop.app.study;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.evaluation.PublishedPolicies;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.LoopWatch;
import io.searchloop.app.launcher.PolicyImporter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.report.LoopSnapshot;
import io.searchloop.app.simulation.PopulationCounts;
import io.searchloop.app.simulation.QueryChoice;
import io.searchloop.app.study.OnlineJudge.Judged;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One shop for a while, under one scenario: the whole loop in this process, as the demo runs it,
 * then what its versions were worth. Runs on the caller's thread.
 *
 * @param policy begins the loop; without one it trains a warm start
 * @param folder all state of the loop
 */
record OnlineRun(
    Dataset dataset,
    OnlineScenario scenario,
    long seed,
    LoopSettings settings,
    Duration shopping,
    @Nullable Path policy,
    Path folder,
    InstantSource clock,
    PrintStream console) {
  private static final Duration LINE = Duration.ofSeconds(30);
  private static final double MINUTE_MS = 60_000;

  /** Opens the shop, lets the time pass, closes it and counts. */
  OnlineOutcome run() {
    if (policy != null) {
      new PolicyImporter(folder, settings, clock).run(PolicyDirectory.open(policy));
    }
    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            folder, folder.resolve("warm-starts"), settings, dataset, clock, console::println)) {
      Instant opened = clock.instant();
      loop.openShop();
      try (LoopWatch watch = new LoopWatch(loop, clock, opened)) {
        Withdrawal withdrawal = shop(loop, watch, opened);
        loop.closeShop();
        return outcome(loop, watch.look(), opened, withdrawal);
      }
    }
  }

  private Withdrawal shop(EmbeddedLoop loop, LoopWatch watch, Instant opened) {
    Instant end = opened.plus(shopping);
    Withdrawal withdrawal = new Withdrawal(end, dataset.products());
    if (scenario == OnlineScenario.WITHDRAWN) {
      pass(opened.plus(shopping.dividedBy(2)), watch);
      withdrawal = new Withdrawal(clock.instant(), kept());
      loop.renewCatalogue(withdrawal.left());
    }
    pass(end, watch);
    return withdrawal;
  }

  private void pass(Instant until, LoopWatch watch) {
    for (Instant now = clock.instant(); now.isBefore(until); now = clock.instant()) {
      Duration left = Duration.between(now, until);
      sleep(left.compareTo(LINE) < 0 ? left : LINE);
      LoopSnapshot seen = watch.look();
      console.printf(
          "  %s  %d searches, %d failed, version %d%n",
          seen.elapsed().truncatedTo(ChronoUnit.SECONDS),
          seen.searches(),
          seen.failedSearches(),
          seen.activeVersion());
    }
  }

  /** What stays when every other product that shoppers like goes. */
  private List<Product> kept() {
    Set<String> liked = new HashSet<>();
    for (JudgedQuery query : new QueryChoice(dataset, settings.shoppers().queries()).queries()) {
      liked.addAll(dataset.relevant(query));
    }
    return dataset.products().stream()
        .filter(product -> !liked.contains(product.id()) || (product.id().hashCode() & 1) == 0)
        .toList();
  }

  private OnlineOutcome outcome(
      EmbeddedLoop loop, LoopSnapshot last, Instant opened, Withdrawal withdrawal) {
    console.println("Reading the topics for the audit, and what versions are worth ...");
    List<String> violations =
        new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP)
            .run()
            .violations();
    List<Release> releases =
        PolicyHistory.read(loop.bootstrapServers(), loop.serdes()).releases().stream()
            .filter(Release::released)
            .toList();
    OnlineJudge judge =
        new OnlineJudge(
            dataset,
            settings,
            new PublishedPolicies(loop.bootstrapServers(), loop.serdes()),
            releases,
            seed);
    Judged before = judge.judge(dataset.products(), opened, opened, withdrawal.at());
    boolean withdrawn = withdrawal.at().isBefore(opened.plus(shopping));
    Judged after =
        withdrawn
            ? judge.judge(withdrawal.left(), opened, withdrawal.at(), Instant.MAX)
            : new Judged(before.yardsticks(), List.of());
    List<VersionWorth> versions = new ArrayList<>(before.versions());
    versions.addAll(after.versions());
    return new OnlineOutcome(
        scenario.key(),
        seed,
        last.searches(),
        last.failedSearches(),
        loop.shoppers().map(PopulationCounts::robots).orElse(0L),
        loop.arms().lastThird(opened),
        before.yardsticks(),
        after.yardsticks(),
        versions,
        minutes(opened, withdrawal.at()),
        shopping.toMillis() / MINUTE_MS,
        violations);
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MINUTE_MS;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while shoppers were in", e);
    }
  }
}
