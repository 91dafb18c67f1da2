package io.searchloop.app.study.upkeep;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.QuerySplit;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.relevance.LearnedRelevance;
import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.app.study.PolicyTraining;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One seed: a policy that goes its way stage by stage, rewarded by the frozen model and by the
 * refreshed one, and after each stage the exam of both. Owns the index until {@link #close}. Runs
 * on the caller's thread.
 */
final class UpkeepCourse implements AutoCloseable {
  /**
   * Seed of the split of labelled queries: its train side is fitted, the others say when to stop.
   */
  private static final long WATCHED = 20_403;

  private final UpkeepPlan plan;
  private final Dataset dataset;
  private final Path folder;
  private final PolicyTraining training;
  private final long seed;
  private final PrintStream console;
  private final LuceneSearchEngine engine;
  private final PolicyPages pages;
  private final RelevanceTrainer models;
  private final SimulatedLabels labels;
  private final List<JudgedQuery> lessons;

  /**
   * @param folder where policies and models go
   */
  UpkeepCourse(
      UpkeepPlan plan,
      Dataset dataset,
      Path folder,
      PolicyTraining training,
      long seed,
      PrintStream console) {
    this.plan = plan;
    this.dataset = dataset;
    this.folder = folder;
    this.training = training;
    this.seed = seed;
    this.console = console;
    this.engine = LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
    EngineRewardConfig served = plan.engine();
    FusedSearch fused = SearchRule.DEFAULT.over(engine.vocabulary()).fused();
    this.pages =
        new PolicyPages(engine, new ServedSearch(fused, served.combination()), served.topK());
    this.models = new RelevanceTrainer(dataset, engine, 0, seed);
    this.labels = new SimulatedLabels(dataset.scale(), plan.noise(), seed);
    this.lessons = drawn(dataset.queries(Split.TRAIN));
  }

  /** Figures of both arms, in order of stages from zero; the first two stages are shared. */
  List<StageFigures> run(Path warmStart) {
    Path first = learn(warmStart, folder.resolve("first.json"));
    List<JudgedQuery> asked = dataset.queries(Split.TEST);
    try (LearnedRelevance frozen = models.model(SavedRelevance.read(first))) {
      UpkeepExam exam = new UpkeepExam(asked, labels, frozen, pages.of(warmStart, asked));
      Path shared = train(1, folder.resolve("stage-1"), warmStart, first);
      StageFigures before = exam.start();
      StageFigures after = sit(exam, 1, shared, first);
      List<StageFigures> figures = new ArrayList<>();
      for (RewardArm arm : RewardArm.values()) {
        figures.add(before.in(arm));
        figures.add(after.in(arm));
        Path policy = shared;
        for (int stage = 2; stage <= plan.stages(); stage++) {
          Path model = arm == RewardArm.FROZEN ? first : modelOf(policy);
          Path out = folder.resolve(arm.key()).resolve("stage-" + stage);
          policy = train(stage, out, policy, model);
          figures.add(sit(exam, stage, policy, model).in(arm));
        }
      }
      return figures;
    }
  }

  private Path train(int stage, Path out, Path from, Path model) {
    training.require(dataset, out, plan.settings(seed, stage, model), from);
    return out;
  }

  /** Learns from a policy's pages beside examining it. */
  private StageFigures sit(UpkeepExam exam, int stage, Path policy, Path rewarding) {
    Path file = learn(policy, modelOf(policy));
    console.println("Judging " + policy + " on test queries ...");
    try (LearnedRelevance refreshed = models.model(SavedRelevance.read(file));
        LearnedRelevance rewards = models.model(SavedRelevance.read(rewarding))) {
      List<List<String>> found = pages.of(policy, dataset.queries(Split.TEST));
      return exam.after(stage, found, refreshed, rewards);
    }
  }

  /** The model of a policy's pages, learned unless it was before. */
  private Path learn(Path policy, Path file) {
    if (Files.exists(file)) {
      return file;
    }
    console.println("Learning " + file + " from pages of " + policy + " ...");
    List<List<String>> shown = pages.of(policy, lessons);
    QuerySplit sides = dataset.split().withSeed(WATCHED);
    List<JudgedQuery> fitted = new ArrayList<>();
    List<JudgedQuery> watched = new ArrayList<>();
    for (int i = 0; i < lessons.size(); i++) {
      boolean fits = sides.of(lessons.get(i).text()) == Split.TRAIN;
      (fits ? fitted : watched).add(labels.label(lessons.get(i), shown.get(i)));
    }
    models.learn(fitted, watched).write(file);
    return file;
  }

  private static Path modelOf(Path policy) {
    return policy.resolveSibling(policy.getFileName() + ".json");
  }

  /** The queries whose pages are labelled, the same for every model. */
  private List<JudgedQuery> drawn(List<JudgedQuery> queries) {
    List<JudgedQuery> shuffled = new ArrayList<>(queries);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, Math.min(plan.pages(), shuffled.size()));
  }

  @Override
  public void close() {
    engine.close();
  }
}
