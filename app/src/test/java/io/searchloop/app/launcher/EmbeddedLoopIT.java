package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.deploy.Expositions;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.log.DecisionDesk;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.report.Arm;
import io.searchloop.app.report.ArmFigures;
import io.searchloop.app.report.PolicyJudge;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.query.SearchRule;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.TrainerStatus;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole loop on a shop with an engineered vocabulary gap: every query uses a word the catalogue
 * never does, and the warm start has seen the right phrase no more often than wrong ones. Only
 * reward can tell them apart.
 */
class EmbeddedLoopIT {
  /** Minibatches to learn from before the arms are compared: a budget of work, not of time. */
  private static final long BUDGET = 100;

  /** Rewarded searches of the learning arm that the one comparison then rests on. */
  private static final int SEARCHES = 800;

  /** Least advantage over the frozen warm start, as a share of what the warm start earns. */
  private static final double MARGIN = .1;

  @TempDir Path directory;
  @TempDir static Path warmStarts;

  @Test
  void learnedArmBeatsTheFrozenWarmStartAndIdentity() {
    learnedArmBeatsTheFrozenWarmStartAndIdentity(1);
  }

  @Tag("deep")
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void learnedArmBeatsTheFrozenWarmStartAndIdentity(int seed) {
    try (EmbeddedLoop loop = start(seed, Map.of())) {
      ArmFigures figures = compare(loop, BUDGET);

      assertThat(won(figures)).as("seed %d: %s", seed, figures).isTrue();
      assertThat(figures.policyMinusIdentity().orElseThrow().low()).isPositive();
      assertThat(loop.shoppers().orElseThrow().failedSearches()).isZero();
      assertThat(audit(loop).violations()).isEmpty();
    }
  }

  @Test
  void learnsNothingAtLearningRateZero() {
    try (EmbeddedLoop loop = start(1, Map.of("trainer.learning-rate", "0"))) {
      ArmFigures figures = compare(loop, BUDGET / 5);

      assertThat(won(figures)).as("%s", figures).isFalse();
      assertThat(loop.trainer().trained()).isPositive();
      assertThat(loop.worker().swaps()).as("releases flow all the same").isGreaterThan(1);
      assertThat(series(loop.servingPort()))
          .contains("searchloop_requests_total", "searchloop_policy_version");
      assertThat(series(loop.trainerMetricsPort()))
          .contains(
              "searchloop_trainer_minibatches_trained_total",
              "searchloop_trainer_minibatches_waiting",
              "searchloop_trainer_releases_total");
      assertThat(series(loop.flinkMetricsPort()))
          .containsAll(Expositions.ofFlink())
          .contains("flink_taskmanager_job_task_operator_joined");
    }
  }

  @Test
  void resumesAndObeysARollback() throws Exception {
    long versionBefore;
    long tuplesBefore;
    try (EmbeddedLoop loop = start(4, Map.of())) {
      awaitThat(() -> step(loop) >= 4);
      loop.closeShop();
      versionBefore = loop.worker().activeVersion();
      tuplesBefore = audit(loop).tuples();
    }
    try (EmbeddedLoop loop = start(4, Map.of())) {
      assertThat(loop.worker().activeVersion()).isGreaterThanOrEqualTo(versionBefore);
      awaitThat(() -> step(loop) >= 12);

      Release first = history(loop).releases().get(0);
      Verdict verdict = rollBack(loop, first.version());
      assertThat(verdict.effective()).as(verdict.reason()).isTrue();
      awaitThat(() -> loop.worker().lineage() == verdict.offset() && loop.worker().step() > 0);

      loop.closeShop();
      AuditReport audit = audit(loop);
      assertThat(audit.violations()).isEmpty();
      assertThat(audit.tuples()).isGreaterThan(tuplesBefore);
      assertThat(history(loop).releases())
          .filteredOn(release -> release.manifest().lineage() == verdict.offset())
          .isNotEmpty();
      judgesTheNewestDelta(loop);
    }
  }

  /** A release that came as a delta is put together from its keyframe, by judges as by workers. */
  private static void judgesTheNewestDelta(EmbeddedLoop loop) {
    List<Release> released = history(loop).releases().stream().filter(Release::released).toList();
    int newest =
        IntStream.range(0, released.size())
            .filter(i -> released.get(i).manifest().base().isPresent())
            .max()
            .orElseThrow();
    Dataset shop = GeneratedMarketplace.generate(SmallShop.settings(4, Map.of()).marketplace());
    assertThat(
            new PolicyJudge(loop.bootstrapServers(), loop.serdes(), shop, SearchRule.DEFAULT, 1)
                .judge(released.subList(0, newest + 1))
                .policies())
        .extracting(PolicyFigures::policy)
        .contains("warm-start", "last-version");
  }

  private static Set<String> series(int port) {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    try {
      return Expositions.names(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private EmbeddedLoop start(int seed, Map<String, String> given) {
    LoopSettings settings = SmallShop.settings(seed, given);
    Dataset shop = GeneratedMarketplace.generate(settings.marketplace());
    EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory, warmStarts, settings, shop, InstantSource.system(), stage -> {});
    loop.openShop();
    return loop;
  }

  /** One look, after the budget: looking until somebody wins would find a winner by chance. */
  private static ArmFigures compare(EmbeddedLoop loop, long budget) {
    awaitThat(
        () -> {
          assertThat(loop.trainer().phase()).isNotEqualTo(TrainerStatus.Phase.FAILED);
          return loop.trainer().trained() >= budget;
        });
    Instant learned = Instant.now();
    return Eventually.decided(
        () ->
            Optional.of(loop.arms().since(learned))
                .filter(figures -> figures.searches().get(Arm.POLICY) >= SEARCHES));
  }

  private static void awaitThat(BooleanSupplier condition) {
    Eventually.decided(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private static boolean won(ArmFigures figures) {
    Interval warmStart = figures.reward().get(Arm.REFERENCE);
    return warmStart != null
        && figures
            .policyMinusReference()
            .filter(difference -> difference.low() > MARGIN * warmStart.mean())
            .isPresent();
  }

  private static long step(EmbeddedLoop loop) {
    return loop.worker().step();
  }

  private static PolicyHistory history(EmbeddedLoop loop) {
    return PolicyHistory.read(loop.bootstrapServers(), loop.serdes());
  }

  private static AuditReport audit(EmbeddedLoop loop) {
    return new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP).run();
  }

  private static Verdict rollBack(EmbeddedLoop loop, long version) throws Exception {
    DecisionDesk desk =
        new DecisionDesk(loop.bootstrapServers(), loop.serdes(), InstantSource.system());
    PolicyHistory seen = desk.history();
    return desk.decide(
            new DecisionDesk.Order(ControlAction.ROLLBACK, version, 0, "test", "as tested"),
            seen,
            seen.control().head().headOffset())
        .verdict();
  }
}
