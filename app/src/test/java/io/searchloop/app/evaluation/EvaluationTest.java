package io.searchloop.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.PolicyFigures.Figure;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.merging.FusionWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
  private final AtomicLong nanos = new AtomicLong();
  private final Evaluation evaluation =
      new Evaluation(engine, dataset, Split.TEST, 3, () -> nanos.addAndGet(2_000_000));

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void findsNoDifferenceBetweenIdentityAndItself() {
    EvaluationReport report = judge(UnaryOperator.identity());

    PolicyFigures union = report.of("policy", Combination.UNION);
    assertThat(union.rewriting().unchanged()).isEqualTo(1);
    assertThat(union.rewriting().overCorrection()).isZero();
    assertThat(union.all(Metric.RETRIEVAL_GAIN).value()).isZero();
    assertThat(union.all(Metric.NDCG_AT_10).toIdentity()).isEqualTo(new Interval(0, 0, 0));
    assertThat(report.of("policy", Combination.REPLACE).strata()).isEqualTo(union.strata());
  }

  @Test
  void showsWhatRightWordsWouldGain() {
    EvaluationReport oracle = judge(this::rightWords);

    PolicyFigures union = oracle.of("policy", Combination.UNION);
    assertThat(union.all(Metric.NDCG_AT_10).toIdentity().low()).isGreaterThan(.1);
    assertThat(union.all(Metric.RECALL_AT_100).toIdentity().low()).isGreaterThan(.1);
    assertThat(union.all(Metric.RETRIEVAL_GAIN).value()).isPositive();
    assertThat(union.strata().get("all").relevanceGain().low()).isPositive();
    Figure nothing = oracle.of("policy", Combination.REPLACE).all(Metric.NULL_RATE);
    assertThat(nothing.value()).isZero();
    assertThat(nothing.toIdentity().high()).isNegative();
  }

  @Test
  void showsWhatDestroyedQueriesLoseWhereTheyReplaceTheTypedOne() {
    EvaluationReport vandal = judge(query -> "xyzzy");

    PolicyFigures replace = vandal.of("policy", Combination.REPLACE);
    assertThat(replace.all(Metric.NDCG_AT_10).value()).isZero();
    assertThat(replace.all(Metric.NULL_RATE).value()).isEqualTo(1);
    assertThat(replace.rewriting().unchanged()).isZero();
    assertThat(replace.rewriting().overCorrection()).isGreaterThan(.5);
    assertThat(replace.rewriting().words()).isEqualTo(1);
    PolicyFigures union = vandal.of("policy", Combination.UNION);
    assertThat(union.all(Metric.NDCG_AT_10).toIdentity()).isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void judgesMisspeltQueriesApart() {
    PolicyFigures oracle = judge(this::rightWords).of("policy", Combination.UNION);

    Figure misspelt = oracle.of(Stratum.MISSPELT, Metric.NDCG_AT_10);
    Figure others = oracle.of(Stratum.OTHER, Metric.NDCG_AT_10);
    Figure all = oracle.all(Metric.NDCG_AT_10);
    assertThat(misspelt.queries()).isPositive();
    assertThat(misspelt.queries() + others.queries()).isEqualTo(all.queries());
    assertThat(
            (misspelt.value() * misspelt.queries() + others.value() * others.queries())
                / all.queries())
        .isCloseTo(all.value(), within(1e-9));
  }

  @Test
  void searchesThirdsOfTheTrafficApart() {
    Map<String, PolicyFigures.Retrieval> strata =
        judge(UnaryOperator.identity()).of("policy", Combination.UNION).strata();

    int head = strata.get("head").queries();
    int torso = strata.get("torso").queries();
    assertThat(head).isPositive().isLessThan(torso);
    assertThat(torso).isLessThan(strata.get("tail").queries());
  }

  @Test
  void takesDifferencesToNamedBaselines() {
    List<Strategy> strategies = strategies(List.of("spell", "typed+spell"), Combination.REPLACE);

    EvaluationReport report =
        evaluation.judge(strategies, Set.of("typed+spell"), (strategy, id, hits) -> {});

    Figure spell = report.of("spell", Combination.REPLACE).all(Metric.NDCG_AT_10);
    Figure fused = report.of("typed+spell", Combination.UNION).all(Metric.NDCG_AT_10);
    assertThat(fused.to("typed+spell")).isEqualTo(new Interval(0, 0, 0));
    assertThat(spell.to("typed+spell").mean())
        .isCloseTo(spell.value() - fused.value(), within(1e-9));
  }

  @Test
  void knowsBaselinesByNameAndListsFusionsOnce() {
    List<Strategy> strategies =
        strategies(
            List.of("identity", "spell", "typed+spell", "synonyms", "rm3", "corrections+spell"),
            Combination.UNION,
            Combination.REPLACE);

    assertThat(strategies)
        .extracting(strategy -> strategy.name() + " " + strategy.mode())
        .containsExactly(
            "identity UNION",
            "spell UNION",
            "spell REPLACE",
            "typed+spell UNION",
            "synonyms UNION",
            "synonyms REPLACE",
            "rm3 UNION",
            "corrections+spell UNION");
    EvaluationReport report = evaluation.judge(strategies);
    assertThat(report.of("typed+spell", Combination.UNION).strata())
        .isEqualTo(report.of("spell", Combination.UNION).strata());
    assertThat(report.of("synonyms", Combination.UNION).rewriting().unchanged()).isLessThan(1);
    assertThat(report.of("rm3", Combination.UNION).rewriting().unchanged()).isZero();
  }

  @Test
  void writesATrecRunOfEachStrategy(@TempDir Path directory) throws Exception {
    List<Strategy> strategies = strategies(List.of("spell", "typed+spell"), Combination.REPLACE);

    try (RunFiles files = new RunFiles(directory.resolve("out.trec"), strategies.size())) {
      evaluation.judge(strategies, Set.of(), files);
    }

    try (Stream<Path> written = Files.list(directory)) {
      assertThat(written.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("out.spell.replace.trec", "out.typed-spell.union.trec");
    }
    List<String> lines = Files.readAllLines(directory.resolve("out.spell.replace.trec"));
    assertThat(lines.get(0)).matches("gq\\d+ Q0 g\\d+ 1 [0-9.E]+ spell.replace");
  }

  @Test
  void measuresEveryQueryByTheGivenClock() {
    PolicyFigures.Rewriting style =
        judge(UnaryOperator.identity()).of("policy", Combination.UNION).rewriting();

    assertThat(style.rewriteMs()).isEqualTo(new PolicyFigures.Latency(2, 2));
    assertThat(style.searchMs()).isEqualTo(new PolicyFigures.Latency(2, 2));
  }

  @Test
  void leavesOutTheTimeOfASearchWhoseModelRemembersAnswersForOthers() {
    try (RankedSearch reranked =
        RankedSearch.reranked(engine, (query, ids) -> new double[ids.size()], 1, "by nothing")) {
      EvaluationReport report =
          new Evaluation(engine, reranked, dataset, Split.TEST, 3, System::nanoTime)
              .judge(List.of(Strategy.identity()));

      assertThat(report.of(Strategy.IDENTITY, Combination.UNION).rewriting().searchMs()).isNull();
      assertThat(EvaluationTable.of(report)).endsWith("| - |\n");
    }
  }

  @Test
  void reportsAsJsonAndTable() {
    EvaluationReport report = evaluation.judge(List.of(Strategy.identity()));

    JsonNode json = new ObjectMapper().valueToTree(report);

    assertThat(json.at("/queries").asText()).isEqualTo("TEST of split 1");
    assertThat(json.at("/judged").asInt()).isEqualTo(dataset.queries(Split.TEST).size());
    assertThat(
            json.at("/policies/0/strata/all/metrics/ndcg_at_10/difference/identity/low").isNumber())
        .isTrue();
    assertThat(EvaluationTable.of(report))
        .contains("all (%d queries)".formatted(report.judged()))
        .contains("| identity | union |")
        .contains("misspelt (");
  }

  @Test
  void refusesSplitWithoutRelevantProduct() {
    Dataset empty = dataset.without(dataset.queries());

    assertThatThrownBy(() -> new Evaluation(engine, empty, Split.TEST, 3, System::nanoTime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no query with a relevant product among TEST of split 1");
  }

  private EvaluationReport judge(UnaryOperator<String> rewrite) {
    return evaluation.judge(
        Stream.of(Combination.values()).map(mode -> Strategy.of("policy", mode, rewrite)).toList());
  }

  private List<Strategy> strategies(List<String> names, Combination... modes) {
    return new Strategies(
            engine,
            dataset,
            SynonymDictionary.parse(List.of("red, crimson", "grey, silver", "white, snowy")),
            FusionWeights.DEFAULT,
            name -> {
              throw new AssertionError("no policy is asked for");
            })
        .of(names, List.of(modes));
  }

  /** The first co-click of a generated query is the right one; typos have their correction. */
  private String rightWords(String query) {
    String corrected = dataset.corrections().get(query);
    return corrected != null ? corrected : dataset.coClicks().of(query).keySet().iterator().next();
  }
}
