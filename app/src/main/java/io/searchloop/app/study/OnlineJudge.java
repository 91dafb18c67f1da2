package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.app.evaluation.PublishedPolicies;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.simulation.ExpectedReward;
import io.searchloop.app.simulation.QueryChoice;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.streams.inference.OnnxPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a loop's releases, and what does not learn, are worth to its shoppers: on the catalogue that
 * it began with and on the one that it ended with. One thread.
 *
 * @param published the loop's releases, which must be running
 * @param releases all that were released, in order
 * @param seed of drawn rewrites, the same for every release
 */
record OnlineJudge(
    Dataset dataset,
    LoopSettings settings,
    PublishedPolicies published,
    List<Release> releases,
    long seed) {
  private static final int DRAWS = 8;
  private static final double MINUTE_MS = 60_000;
  private static final String WARM_START = "warm-start";

  /** What was found on one catalogue. */
  record Judged(Yardsticks yardsticks, List<VersionWorth> versions) {}

  /**
   * Judges what served within a period, on the catalogue of that period.
   *
   * @param opened when minutes begin
   * @param from beginning of the period; what was released last before it serves in it
   * @param to its end
   */
  Judged judge(List<Product> products, Instant opened, Instant from, Instant to) {
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(products, 1, Bm25.DEFAULT)) {
      ShopWorth worth =
          new ShopWorth(
              engine,
              products,
              dataset,
              new QueryChoice(dataset, settings.shoppers().queries()),
              new ExpectedReward(
                  dataset.scale(), settings.shoppers(), settings.reward().toRecord()),
              settings.serving().search(),
              settings.serving().results());
      List<VersionWorth> versions = new ArrayList<>();
      for (Release release : serving(from, to)) {
        versions.add(
            new VersionWorth(
                release.version(),
                minutes(opened, latest(from, Instant.ofEpochMilli(release.appendedAtMs()))),
                worth.mean(drawn(release, worth, engine))));
      }
      Map<String, double[]> each = worth.fixed();
      each.put(WARM_START, drawn(releases.get(0), worth, engine));
      return new Judged(yardsticks(worth, each), versions);
    }
  }

  private static Yardsticks yardsticks(ShopWorth worth, Map<String, double[]> each) {
    Map<String, Double> fixed = new LinkedHashMap<>();
    each.forEach((name, worths) -> fixed.put(name, worth.mean(worths)));
    return new Yardsticks(
        fixed, worth.mean(ShopWorth.best(List.copyOf(each.values()))), worth.mean(worth.ideal()));
  }

  /** Releases of a period, after the one that it began with. */
  private List<Release> serving(Instant from, Instant to) {
    List<Release> serving = new ArrayList<>();
    for (Release release : releases) {
      Instant at = Instant.ofEpochMilli(release.appendedAtMs());
      if (!at.isAfter(from)) {
        serving.clear();
      }
      if (at.isBefore(to)) {
        serving.add(release);
      }
    }
    return serving;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MINUTE_MS;
  }

  private double[] drawn(Release release, ShopWorth worth, LuceneSearchEngine engine) {
    try (OnnxPolicy policy = published.open(release, releases)) {
      return worth.drawn(
          new LearnedPolicy(policy, engine),
          new SamplerSettings(DRAWS, settings.serving().temperature()),
          seed);
    }
  }
}
