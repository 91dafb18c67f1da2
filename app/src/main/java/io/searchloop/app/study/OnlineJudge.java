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

  /** Worths over a catalogue; {@code versions} are those released while it was searched. */
  record Judged(
      Map<String, Double> fixed, double oracle, double ideal, List<VersionWorth> versions) {}

  /**
   * Judges what was released within a period on a catalogue.
   *
   * @param opened when minutes begin
   */
  Judged judge(List<Product> products, Instant opened, Instant from, Instant to) {
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(products, 1, Bm25.DEFAULT)) {
      ShopWorth worth =
          new ShopWorth(
              engine,
              dataset,
              new QueryChoice(dataset, settings.shoppers().queries()),
              new ExpectedReward(
                  dataset.scale(), settings.shoppers(), settings.reward().toRecord()),
              settings.serving().results());
      Map<String, double[]> each = worth.fixed();
      each.put(WARM_START, drawn(releases.get(0), worth, engine));
      List<VersionWorth> versions = new ArrayList<>();
      for (Release release : releases) {
        Instant at = Instant.ofEpochMilli(release.appendedAtMs());
        if (!at.isBefore(from) && at.isBefore(to)) {
          versions.add(
              new VersionWorth(
                  release.version(),
                  Math.max(0, (at.toEpochMilli() - opened.toEpochMilli()) / MINUTE_MS),
                  worth.mean(drawn(release, worth, engine))));
        }
      }
      Map<String, Double> fixed = new LinkedHashMap<>();
      each.forEach((name, worths) -> fixed.put(name, worth.mean(worths)));
      return new Judged(
          fixed,
          worth.mean(ShopWorth.best(List.copyOf(each.values()))),
          worth.mean(worth.ideal()),
          versions);
    }
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
