package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.Evaluation;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.PolicyLibrary;
import io.searchloop.app.evaluation.Strategies;
import io.searchloop.app.report.LoopReport;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Which way of learning makes search better, and is any better than none? Trains every method from
 * one warm start a seed, then judges all of them on test queries, fused with typed query and
 * spelling checker, beside what needs no learning. Policies that are there already are not trained
 * again; one that was stopped goes on. Runs on the caller's thread.
 */
public final class RewritingStudy {
  static final String WARM_START = "warm-start";
  static final String NO_LEARNING = "typed+spell";
  static final String FUSED = "+spell";

  /** As {@code evaluate} has it, so that both give the same intervals. */
  private static final long BOOTSTRAP = 1;

  private static final List<String> BASELINES =
      List.of("identity", NO_LEARNING, "synonyms+spell", "rm3", "corrections+spell");

  private final RewritingPlan plan;
  private final LongFunction<Dataset> datasets;
  private final Path directory;
  private final InstantSource clock;
  private final PrintStream console;

  /**
   * @param datasets the dataset under the split of a seed
   * @param directory where policies go, by seed and method
   */
  public RewritingStudy(
      RewritingPlan plan,
      LongFunction<Dataset> datasets,
      Path directory,
      InstantSource clock,
      PrintStream console) {
    this.plan = plan;
    this.datasets = datasets;
    this.directory = directory;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Runs what is left of the plan.
   *
   * @param command the command line, for the report
   */
  public RewritingReport run(List<String> command) {
    Map<Long, EvaluationReport> judged = new LinkedHashMap<>();
    for (long seed : plan.seeds()) {
      Dataset dataset = datasets.apply(seed);
      Path folder = directory.resolve("seed-" + seed);
      train(dataset, folder, seed);
      console.println("Judging on test queries of split " + seed + " ...");
      judged.put(seed, judge(dataset, folder));
    }
    return new RewritingReport(command, LoopReport.machineFacts(), plan, judged);
  }

  private void train(Dataset dataset, Path folder, long seed) {
    PolicyTraining training = new PolicyTraining(clock, console);
    Path warmStart = folder.resolve(WARM_START);
    training.require(dataset, warmStart, plan.warmStart(seed), null);
    for (RewritingMethod method : plan.methods()) {
      Path out = folder.resolve(method.key());
      String refused = training.train(dataset, out, plan.method(method, seed), warmStart);
      if (!refused.isEmpty()) {
        console.println("Left out, the release gate refuses " + out + ": " + refused);
      }
    }
  }

  private EvaluationReport judge(Dataset dataset, Path folder) {
    List<String> names = new ArrayList<>(BASELINES);
    names.add(WARM_START + FUSED);
    plan.methods().stream()
        .map(RewritingMethod::key)
        .filter(name -> PolicyDirectory.sealed(folder.resolve(name)))
        .forEach(name -> names.add(name + FUSED));
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
        PolicyLibrary library = new PolicyLibrary(engine, name -> Optional.empty())) {
      return new Evaluation(engine, dataset, Split.TEST, BOOTSTRAP, System::nanoTime)
          .judge(
              new Strategies(
                      engine,
                      dataset,
                      Strategies.mined(dataset, engine),
                      FusionWeights.DEFAULT,
                      name -> library.policy(folder.resolve(name).toString()))
                  .of(names, List.of(Combination.UNION)),
              Set.of(NO_LEARNING, WARM_START + FUSED),
              (strategy, query, hits) -> {});
    }
  }
}
