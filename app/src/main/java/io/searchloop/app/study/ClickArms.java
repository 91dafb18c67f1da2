package io.searchloop.app.study;

import io.searchloop.app.dataset.ClickLog;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.app.evaluation.ClickScores;
import io.searchloop.app.evaluation.MostClicked;
import io.searchloop.app.evaluation.PolicyLibrary;
import io.searchloop.app.evaluation.Strategies;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The ways to search that the click study compares, each ranking the clicks of every week with what
 * it knew before that week. Learned arms are means over the seeds; a seed apart stands below them.
 * Owns index and policies until {@link #close}. One thread.
 */
final class ClickArms implements AutoCloseable {
  static final String WARM_START = "warm-start";
  static final String CLICKS = "clicks";
  static final List<String> BASELINES =
      List.of(Strategy.IDENTITY, "typed+spell", fused(WARM_START));

  private static final List<String> NOT_LEARNED =
      List.of(Strategy.IDENTITY, "typed+spell", "synonyms+spell", "rm3");
  private static final int SHOWN = 10;

  private final List<List<LoggedClick>> weeks = new ArrayList<>();
  private final List<Dataset> before = new ArrayList<>();
  private final List<Long> seeds;
  private final boolean goesOn;
  private final Path directory;
  private final LuceneSearchEngine engine;
  private final PolicyLibrary library;
  private final Strategies strategies;

  /**
   * @param bounds beginnings of the weeks, and the end of the last
   * @param directory holds the policies by seed
   */
  ClickArms(
      ClickLog log, List<Instant> bounds, ClickPlan plan, FusionWeights weights, Path directory) {
    for (int week = 0; week + 1 < bounds.size(); week++) {
      weeks.add(log.between(bounds.get(week), bounds.get(week + 1)).clicks());
      before.add(log.before(bounds.get(week)).dataset());
    }
    this.seeds = plan.seeds();
    this.goesOn = plan.moreSteps() > 0;
    this.directory = directory;
    this.engine = LuceneSearchEngine.index(log.products(), 1, Bm25.DEFAULT);
    this.library = new PolicyLibrary(engine, name -> Optional.empty());
    this.strategies =
        new Strategies(
            engine,
            before.get(0),
            Strategies.mined(before.get(0), engine),
            weights,
            name -> library.policy(name));
  }

  /** Name of the policy that goes on before a week, counted from the first that is judged by. */
  static String goneOn(int week) {
    return CLICKS + "-week-" + week;
  }

  /** Scores of every arm. */
  Map<String, ClickScores> scores() {
    Map<String, ClickScores> scores = new LinkedHashMap<>();
    NOT_LEARNED.forEach(name -> scores.put(name, frozen(search(name))));
    scores.put("spell, replacing", frozen(search("spell", Combination.REPLACE)));
    Function<String, List<String>> rest = search("typed+spell");
    scores.put("most clicked", frozen(new MostClicked(before.get(0), rest)));
    scores.put("most clicked, going on", weekly(week -> new MostClicked(before.get(week), rest)));
    Map<String, ClickScores> single = new LinkedHashMap<>();
    learned(scores, single, WARM_START, seed -> frozen(policy(seed, WARM_START)));
    learned(scores, single, CLICKS, seed -> frozen(policy(seed, CLICKS)));
    if (weeks.size() > 1 && goesOn) {
      learned(
          scores,
          single,
          "clicks, going on",
          seed -> weekly(week -> policy(seed, week == 0 ? CLICKS : goneOn(week))));
    }
    scores.putAll(single);
    return scores;
  }

  private void learned(
      Map<String, ClickScores> means,
      Map<String, ClickScores> single,
      String name,
      Function<Long, ClickScores> scored) {
    List<ClickScores> all = new ArrayList<>();
    for (long seed : seeds) {
      ClickScores scores = scored.apply(seed);
      all.add(scores);
      single.put(fused(name) + ", seed " + seed, scores);
    }
    means.put(fused(name), ClickScores.mean(all));
  }

  private ClickScores frozen(Function<String, List<String>> ranking) {
    return weekly(week -> ranking);
  }

  private ClickScores weekly(IntFunction<Function<String, List<String>>> ranking) {
    ClickScores scores = new ClickScores(Map.of());
    for (int week = 0; week < weeks.size(); week++) {
      scores = scores.plus(ClickScores.of(weeks.get(week), ranking.apply(week)));
    }
    return scores;
  }

  private Function<String, List<String>> policy(long seed, String name) {
    return search(fused(folder(seed, name).toString()));
  }

  private Function<String, List<String>> search(String name) {
    return search(name, Combination.UNION);
  }

  private Function<String, List<String>> search(String name, Combination mode) {
    Strategy strategy = strategies.of(List.of(name), List.of(mode)).get(0);
    Map<String, List<String>> found = new LinkedHashMap<>();
    return query ->
        found.computeIfAbsent(
            query, text -> engine.search(strategy.choose().apply(text).form(), SHOWN).productIds());
  }

  private Path folder(long seed, String name) {
    return directory.resolve("seed-" + seed).resolve(name);
  }

  private static String fused(String name) {
    return name + "+spell";
  }

  @Override
  public void close() {
    library.close();
    engine.close();
  }
}
