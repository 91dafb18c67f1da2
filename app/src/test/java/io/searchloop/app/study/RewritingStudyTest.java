package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.evaluation.Stratum;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.evaluation.Interval;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewritingStudyTest {
  private static final Dataset SHOP = TinyTraining.shop();

  @TempDir Path directory;

  @Test
  void judgesEveryMethodBesideWhatNeedsNoLearning() throws Exception {
    RewritingReport report = run(List.of(RewritingMethod.GRPO, RewritingMethod.LERET));

    EvaluationReport judged = report.judged().get(1L);
    assertThat(judged.policies())
        .extracting(PolicyFigures::policy)
        .containsExactly(
            "identity",
            "typed+spell",
            "synonyms+spell",
            "rm3",
            "corrections+spell",
            "warm-start+spell",
            "grpo+spell",
            "leret+spell");
    Interval toItself =
        report.difference("warm-start+spell", Stratum.ALL, Metric.NDCG_AT_10, "warm-start+spell");
    assertThat(toItself.mean()).isZero();
    assertThat(report.table()).contains("| grpo+spell |", "misspelt", "other");
    Path grpo = directory.resolve("seed-1/grpo");
    assertThat(PolicyDirectory.open(grpo).manifest().provenance().origin()).isEqualTo("judgments");

    var before = Files.getLastModifiedTime(grpo.resolve(PolicyDirectory.WEIGHTS));
    run(List.of(RewritingMethod.GRPO));
    assertThat(Files.getLastModifiedTime(grpo.resolve(PolicyDirectory.WEIGHTS)))
        .as("a policy that is there is kept")
        .isEqualTo(before);
    assertThatThrownBy(() -> run(List.of(RewritingMethod.GRPO), 3, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("grpo was made under train.steps 2, expected 3. Give the same");
  }

  @Test
  void pooledIntervalsNarrowWithTheRootOfTheSeeds() {
    RewritingReport once = run(List.of(RewritingMethod.GRPO));
    EvaluationReport judged = once.judged().get(1L);
    Map<Long, EvaluationReport> four = new TreeMap<>();
    for (long seed = 1; seed <= 4; seed++) {
      four.put(seed, judged);
    }
    RewritingReport pooled = new RewritingReport(once.command(), once.machine(), once.plan(), four);

    Interval single = difference(once);
    Interval together = difference(pooled);
    assertThat(together.mean()).isCloseTo(single.mean(), within(1e-12));
    assertThat(together.high() - together.low())
        .isCloseTo((single.high() - single.low()) / 2, within(1e-12));
  }

  @Test
  void aPolicyRefusedUnderSomeSeedIsNamedInsteadOfAveraged() {
    RewritingReport once = run(List.of(RewritingMethod.GRPO));
    EvaluationReport judged = once.judged().get(1L);
    EvaluationReport refused =
        new EvaluationReport(
            judged.dataset(),
            judged.queries(),
            judged.judged(),
            judged.seed(),
            judged.unjudged(),
            judged.policies().stream()
                .filter(figures -> !figures.policy().equals("grpo+spell"))
                .toList());

    String table =
        new RewritingReport(
                once.command(), once.machine(), once.plan(), Map.of(1L, judged, 2L, refused))
            .table();

    assertThat(table)
        .contains("| warm-start+spell |")
        .contains("Left out: grpo+spell, which passed the release gate under seeds [1] of [1, 2].")
        .doesNotContain("| grpo+spell |");
  }

  @Test
  void aRefusedWarmStartEndsTheStudy() {
    assertThatThrownBy(
            () ->
                run(
                    List.of(RewritingMethod.GRPO),
                    2,
                    Map.of("trainer.gate.max-length-ratio", "0.0001")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The release gate refuses")
        .hasMessageContaining("warm-start");
  }

  @Test
  void anUnknownMethodIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> RewritingMethod.of("ppo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Found method ppo, expected one of [leser, ");
  }

  private static Interval difference(RewritingReport report) {
    return report.difference("typed+spell", Stratum.ALL, Metric.RECALL_AT_100, "identity");
  }

  private RewritingReport run(List<RewritingMethod> methods) {
    return run(methods, 2, Map.of());
  }

  private RewritingReport run(
      List<RewritingMethod> methods, int steps, Map<String, String> settings) {
    Map<String, String> given = new TreeMap<>(TinyTraining.settings());
    given.putAll(settings);
    RewritingPlan plan = new RewritingPlan(List.of(1L), methods, 60, steps, "", given);
    return new RewritingStudy(
            plan,
            seed -> SHOP,
            directory,
            InstantSource.fixed(Instant.EPOCH),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .run(List.of("study", "rewriting"));
  }
}
