package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Problems;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.EvaluateReport;
import io.searchloop.app.evaluation.Evaluation;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.EvaluationTable;
import io.searchloop.app.evaluation.PolicyLibrary;
import io.searchloop.app.evaluation.PublishedPolicies;
import io.searchloop.app.evaluation.RankedSearch;
import io.searchloop.app.evaluation.RunFiles;
import io.searchloop.app.evaluation.Strategies;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.streams.inference.OnnxPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Judges policies and baselines by human judgments: one table, a JSON report, a TREC run of each.",
      "Reads ESCI, WANDS, Home Depot's CSV, Chorus/Icecat and the neutral directory."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Policies: identity, spell, typed+spell, synonyms, rm3, corrections (the dataset's own), latest or",
      "an offset (of a running loop), or a policy directory; NAME+spell fuses it with the spelling checker.",
      "",
      "Examples:",
      "  ./searchloop evaluate --dataset data/datasets/homedepot",
      "  ./searchloop evaluate --dataset DIR --policy policies/a,policies/a+spell --report e.json",
      "  ./searchloop evaluate --dataset DIR --bm25 0.5,0.3 --mode union,replace --run out.trec",
      "  ./searchloop evaluate --dataset DIR --rerank relevance.json",
      "  ./searchloop evaluate --dataset DIR --queries q.tsv --judgments j.tsv --policy latest+spell"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final String TYPED_AND_SPELL = "typed+spell";

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DIR",
      description = "Products, queries and judgments.")
  private @Nullable Path directory;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Judge these instead (query_id, query); all of them, whatever the split.")
  private @Nullable Path queries;

  @Option(
      names = "--judgments",
      paramLabel = "FILE",
      description = "Their judgments (query_id, product_id, grade).")
  private @Nullable Path judgments;

  @Option(
      names = "--policy",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "identity,spell,typed+spell,synonyms,rm3",
      description = "What to judge (default: ${DEFAULT-VALUE}).")
  private List<String> policies = List.of();

  @Option(
      names = "--mode",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "union",
      description = "union, replace, or both: how rewrites join the typed query.")
  private List<Mode> modes = List.of(Mode.union);

  @Option(
      names = "--split",
      paramLabel = "SIDE",
      defaultValue = "test",
      description = "test, dev or train queries of the dataset (default: ${DEFAULT-VALUE}).")
  private Side side = Side.test;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which clusters of queries are held out (default: ${DEFAULT-VALUE}).")
  private long splitSeed = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--baseline",
      split = ",",
      paramLabel = "NAME",
      defaultValue = TYPED_AND_SPELL,
      description = "Policies that differences are also taken to, in the JSON report.")
  private List<String> baselines = List.of();

  @Option(
      names = "--bm25",
      paramLabel = "K1,B",
      defaultValue = "1.2,0.75",
      description = "Ranking parameters of every policy alike (default: ${DEFAULT-VALUE}).")
  private String bm25 = "";

  @Option(
      names = "--weights",
      paramLabel = "C,R,E",
      defaultValue = "0.7,0.35,0.2",
      description =
          "Weights of corrections, rewrites and expansions beside a typed term in a union (default:"
              + " ${DEFAULT-VALUE}).")
  private String weights = "";

  @Option(
      names = "--synonyms",
      paramLabel = "FILE",
      description = "Synonyms in Solr's format; without it they are mined from train judgments.")
  private @Nullable Path synonyms;

  @Option(
      names = "--run",
      paramLabel = "FILE",
      description = "Write rankings in TREC's format, one file for each policy and mode.")
  private @Nullable Path run;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report.")
  private @Nullable Path report;

  @Mixin private RerankOptions rerank = new RerankOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** How rewrites join the typed query, as it is typed. */
  enum Mode {
    union,
    replace
  }

  /** Side of the split, as it is typed. */
  enum Side {
    test,
    dev,
    train
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Dataset dataset = dataset();
    dataset.problems().first().forEach(out::println);
    Bm25 parameters = numbers("--bm25", bm25, 2, p -> new Bm25(p[0], p[1]));
    FusionWeights fusion =
        numbers("--weights", weights, 3, w -> new FusionWeights(w[0], w[1], w[2]));
    try (LuceneSearchEngine engine = LuceneSearchEngine.index(dataset.products(), 1, parameters);
        RankedSearch search =
            rerank.search(dataset, engine, queries != null, () -> lessons(dataset));
        PolicyLibrary library = library(engine, dataset)) {
      SynonymDictionary dictionary = dictionary(dataset, engine);
      List<Strategy> strategies =
          new Strategies(engine, dataset, dictionary, fusion, library::policy)
              .of(
                  policies,
                  modes.stream().map(mode -> Combination.valueOf(upper(mode))).distinct().toList());
      EvaluationReport found = judge(evaluation(dataset, engine, search), strategies);
      EvaluateReport result =
          new EvaluateReport(
              EvaluateReport.label(parameters, search.label()),
              parameters,
              fusion,
              EvaluateReport.ASSIGNED,
              dataset.products().size(),
              dictionary.alternatives().size(),
              dataset.problems(),
              found);
      conclude(out, result);
    }
    return ExitCode.OK;
  }

  private PolicyLibrary library(LuceneSearchEngine engine, Dataset dataset) {
    Function<String, Optional<OnnxPolicy>> published =
        new PublishedPolicies(connection.brokers(), connection.serdes())::named;
    return queries == null
        ? new PolicyLibrary(engine, dataset, published)
        : new PolicyLibrary(engine, published);
  }

  private EvaluationReport judge(Evaluation evaluation, List<Strategy> strategies) {
    if (run == null) {
      return evaluation.judge(strategies, Set.copyOf(baselines), (strategy, id, hits) -> {});
    }
    try (RunFiles files = new RunFiles(run, strategies.size())) {
      return evaluation.judge(strategies, Set.copyOf(baselines), files);
    }
  }

  private Evaluation evaluation(Dataset dataset, LuceneSearchEngine engine, RankedSearch search) {
    if (queries == null) {
      Split split = Split.valueOf(upper(side));
      return new Evaluation(engine, search, dataset, split, seed, System::nanoTime);
    }
    List<JudgedQuery> given = dataset.queries();
    return new Evaluation(
        engine, search, dataset, queries.toString(), given, seed, System::nanoTime);
  }

  private Dataset dataset() {
    if ((queries == null) != (judgments == null)) {
      throw new ParameterException(
          spec.commandLine(), "Found one of --queries and --judgments, expected both or neither.");
    }
    DatasetOptions options = DatasetOptions.DEFAULT.withSplitSeed(splitSeed);
    if (queries != null && judgments != null) {
      options = options.withJudgments(queries, judgments);
    }
    return DatasetReader.read(given(), options);
  }

  private Path given() {
    if (directory == null) {
      throw new IllegalStateException("picocli requires --dataset");
    }
    return directory;
  }

  private SynonymDictionary dictionary(Dataset dataset, LuceneSearchEngine engine) {
    if (synonyms != null) {
      try {
        return SynonymDictionary.parse(Files.readAllLines(synonyms));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read synonyms from " + synonyms, e);
      }
    }
    if (policies.stream().noneMatch(name -> name.startsWith("synonyms"))) {
      return SynonymDictionary.EMPTY;
    }
    return Strategies.mined(lessons(dataset), engine);
  }

  /** Of given queries nothing is learned: what they are judged by must stay unread. */
  private Dataset lessons(Dataset dataset) {
    if (queries == null) {
      return dataset;
    }
    Dataset shop = DatasetReader.read(given(), DatasetOptions.DEFAULT.withSplitSeed(splitSeed));
    return shop.without(dataset.queries());
  }

  private <T> T numbers(String option, String text, int count, Function<double[], T> made) {
    try {
      return made.apply(NumberList.parse(option, text, count));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void conclude(PrintWriter out, EvaluateReport result) {
    Problems problems = result.problems();
    if (problems.count() > 0) {
      out.println(problems.count() + " unreadable rows were left out.");
    }
    result.heading().forEach(out::println);
    out.println();
    out.print(EvaluationTable.of(result.evaluation()));
    if (report != null) {
      result.write(report);
      out.println("Report: " + report);
    }
    if (run != null) {
      out.println("Runs: " + run);
    }
    out.flush();
  }

  private static String upper(Enum<?> value) {
    return value.name().toUpperCase(Locale.ROOT);
  }
}
