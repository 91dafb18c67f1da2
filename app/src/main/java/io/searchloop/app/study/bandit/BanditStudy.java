package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.app.evaluation.PolicyLibrary;
import io.searchloop.app.evaluation.Strategies;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.app.json.ReportJson;
import io.searchloop.app.report.LoopReport;
import io.searchloop.app.simulation.ExpectedReward;
import io.searchloop.app.study.MadeUnder;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.merging.FusionWeights;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bandit study: for every seed real queries that no arm has learned from, the pages of
 * real arms, and simulated shoppers who want what people judged to fit. Runs on the caller's
 * thread, minutes a seed.
 */
public final class BanditStudy {
  private final BanditPlan plan;
  private final LongFunction<Dataset> datasets;
  private final LongFunction<@Nullable Path> policies;
  private final Path folder;
  private final PrintStream console;

  /**
   * @param datasets the dataset under the split of a seed
   * @param policies directory of the neural arm's policy for a seed, which must not have learned
   *     from that split's test queries; null for no such arm
   * @param folder keeps finished seeds, which are not run again
   */
  public BanditStudy(
      BanditPlan plan,
      LongFunction<Dataset> datasets,
      LongFunction<@Nullable Path> policies,
      Path folder,
      PrintStream console) {
    this.plan = plan;
    this.datasets = datasets;
    this.policies = policies;
    this.folder = folder;
    this.console = console;
  }

  /**
   * Runs all seeds.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when a seed that is done was run under other settings
   */
  public BanditReport run(List<String> command) {
    List<SeedFigures> seeds = new ArrayList<>();
    for (long seed : plan.seeds()) {
      seeds.add(figures(seed));
    }
    return new BanditReport(command, LoopReport.machineFacts(), plan, seeds);
  }

  private SeedFigures figures(long seed) {
    Dataset dataset = datasets.apply(seed);
    Path file = folder.resolve("seed-" + seed + ".json");
    MadeUnder made = MadeUnder.of(dataset, plan.described(), policies.apply(seed));
    if (Files.exists(file)) {
      made.requireSame(file, console::println);
      return ReportJson.read(file, SeedFigures.class);
    }
    console.println("Seed " + seed + ": searching all queries with all arms ...");
    SeedFigures figures = run(seed, dataset);
    made.keep(file);
    ReportJson.write(file, figures);
    return figures;
  }

  private SeedFigures run(long seed, Dataset dataset) {
    List<JudgedQuery> queries =
        dataset.queries(Split.TEST).stream()
            .filter(query -> dataset.gains(query).values().stream().anyMatch(gain -> gain > 0))
            .toList();
    try (LuceneSearchEngine engine = index(dataset.products())) {
      SynonymDictionary synonyms = Strategies.mined(dataset, engine);
      Renaming renaming = Renaming.of(dataset.products(), synonyms);
      Map<String, Optional<String>> answers = new LinkedHashMap<>();
      ArmTable table = table(seed, dataset, queries, engine, synonyms, answers);
      try (LuceneSearchEngine changed = index(renaming.products())) {
        List<JudgedQuery> intents = queries.stream().map(renaming::intent).toList();
        ArmTable after = table(seed, dataset, intents, changed, synonyms, answers);
        return figures(seed, dataset, table, after, renaming);
      }
    }
  }

  private SeedFigures figures(
      long seed, Dataset dataset, ArmTable table, ArmTable after, Renaming renaming) {
    SeedRun run = new SeedRun(plan, dataset.scale(), table, seed);
    Zipf zipf = new Zipf(table.queries().size());
    console.println("Seed " + seed + ": online runs ...");
    List<OnlineFigures> online = new ArrayList<>();
    Course course = run.online(online);
    List<OnlineFigures> robots = run.robots();
    List<OnlineFigures> changed = run.change(after);
    console.println("Seed " + seed + ": " + plan.repetitions() + " logs ...");
    List<TargetFigures> targets =
        new CounterfactualCheck(plan, table, dataset.scale()).run(TargetRule.of(plan), seed);
    return new SeedFigures(
        seed,
        table.queries().size(),
        shares(table, zipf),
        table.mean(zipf, row -> row.available().size() > 1 ? 1 : 0),
        values(table, zipf),
        plan.arms().get(table.best(zipf)),
        course.earned(),
        online,
        robots,
        renaming.replaced().size() / (double) dataset.products().size(),
        changed,
        multileaving(dataset, table, seed),
        targets);
  }

  /** At a hundredth to all of the run's traffic. */
  private List<MultileavingFigures> multileaving(Dataset dataset, ArmTable table, long seed) {
    List<Integer> sizes =
        List.of(100, 30, 10, 3, 1).stream().map(part -> plan.searches() / part).toList();
    return new MultileavingCheck(table, dataset.scale(), BanditPlan.shoppers()).run(sizes, seed);
  }

  private static Map<String, Double> shares(ArmTable table, Zipf zipf) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (QueryKind kind : QueryKind.values()) {
      shares.put(kind.key(), table.mean(zipf, row -> row.kind() == kind ? 1 : 0));
    }
    return shares;
  }

  private Map<String, Map<String, Double>> values(ArmTable table, Zipf zipf) {
    Map<String, Double> shares = shares(table, zipf);
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    for (int arm = 0; arm < plan.arms().size(); arm++) {
      int fixed = arm;
      Map<String, Double> ofArm = new LinkedHashMap<>();
      ofArm.put("all", table.mean(zipf, row -> row.value(fixed)));
      for (QueryKind kind : QueryKind.values()) {
        double share = shares.getOrDefault(kind.key(), 0.0);
        double earned = table.mean(zipf, row -> row.kind() == kind ? row.value(fixed) : 0);
        ofArm.put(kind.key(), share == 0 ? 0 : earned / share);
      }
      values.put(plan.arms().get(arm), ofArm);
    }
    return values;
  }

  /**
   * Searches everything.
   *
   * @param answers the policy's answers by query, filled as they are asked for
   */
  private ArmTable table(
      long seed,
      Dataset dataset,
      List<JudgedQuery> queries,
      LuceneSearchEngine engine,
      SynonymDictionary synonyms,
      Map<String, Optional<String>> answers) {
    try (PolicyLibrary library = new PolicyLibrary(engine, dataset, name -> Optional.empty())) {
      Strategies known =
          new Strategies(engine, dataset, synonyms, FusionWeights.DEFAULT, library::policy);
      List<Strategy> arms = new ArrayList<>();
      for (String arm : plan.arms()) {
        arms.add(
            arm.equals(BanditPlan.NEURAL)
                ? neural(library.policy(policy(seed).toString()), answers)
                : known.of(List.of(arm), List.of(Combination.UNION)).get(0));
      }
      ExpectedReward rewards =
          new ExpectedReward(dataset.scale(), BanditPlan.shoppers(), BanditPlan.prices());
      return ArmTable.of(queries, engine, arms, rewards);
    }
  }

  private Path policy(long seed) {
    Path policy = policies.apply(seed);
    if (policy == null) {
      throw new IllegalArgumentException(
          "The arm %s has no policy, expected a policy directory. Give one with --policy."
              .formatted(BanditPlan.NEURAL));
    }
    return policy;
  }

  private static Strategy neural(LearnedPolicy policy, Map<String, Optional<String>> answers) {
    return Strategy.answered(
        BanditPlan.NEURAL,
        Combination.UNION,
        query -> answers.computeIfAbsent(query, policy::rewrite));
  }

  private static LuceneSearchEngine index(List<Product> products) {
    return LuceneSearchEngine.index(products, 1, Bm25.DEFAULT);
  }
}
