package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.train.TinyTraining;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class BanditStudyTest {
  private static final BanditPlan PLAN =
      new BanditPlan(List.of(1L), List.of("identity", "synonyms", "spell"), 3000, 5000, 1000, 8);

  private Path directory;
  private BanditReport report;
  private SeedFigures found;

  @BeforeAll
  void runs(@TempDir Path folder) {
    directory = folder;
    report = study(PLAN).run(List.of("study", "bandit"));
    found = report.seeds().get(0);
  }

  @Test
  void nothingEarnsMoreThanTheBestArmOfEachQuery() {
    OnlineFigures oracle = SeedFigures.named(found.online(), SeedRun.ORACLE);

    assertThat(oracle.regret()).last().satisfies(lost -> assertThat(lost).isZero());
    assertThat(found.online())
        .allSatisfy(each -> assertThat(each.whole()).isLessThanOrEqualTo(oracle.whole() + 1e-9));
    assertThat(SeedFigures.named(found.online(), SeedRun.BEST_OF_KIND).whole())
        .isGreaterThan(SeedFigures.named(found.online(), SeedRun.IDENTITY).whole());
  }

  @Test
  void outcomesThatComeTwiceCountOnce() {
    Map<String, Long> left = SeedFigures.named(found.online(), SeedRun.BANDIT).left();

    assertThat(left.get("repeated")).isBetween(20L, 200L);
    assertThat(left.get("unknown")).isZero();
  }

  /** Five standard errors of 3,000 rewards whose deviation is below 6. */
  @Test
  void whatSearchesEarnIsWhatTheyAreWorth() {
    assertThat(found.earned())
        .isCloseTo(
            SeedFigures.named(found.online(), SeedRun.BANDIT).whole(),
            within(5 * 6 / Math.sqrt(3000)));
  }

  @Test
  void moreTrafficTellsArmsApartBetter() {
    List<MultileavingFigures> sizes = found.multileaving();

    assertThat(sizes).last().satisfies(last -> assertThat(last.searches()).isEqualTo(3000));
    assertThat(sizes.get(sizes.size() - 1).alone()).isLessThanOrEqualTo(sizes.get(0).alone());
  }

  @Test
  void writesTablesAndCharts() {
    report.write(directory);

    assertThat(report.table()).contains("| bandit by kind |", "| SNIPS |", "unknown-word");
    assertThat(directory.resolve("report.json")).isNotEmptyFile();
    assertThat(directory.resolve("bandit-regret.png")).isNotEmptyFile();
    assertThat(directory.resolve("bandit-counterfactual.png")).isNotEmptyFile();
  }

  @Test
  void finishedSeedsAreReadAndNotRunAgain() {
    BanditReport again = study(PLAN).run(List.of("study", "bandit"));

    assertThat(again.seeds()).isEqualTo(report.seeds());
  }

  @Test
  void refusesSeedsOfAnotherPlan() {
    BanditPlan other = new BanditPlan(List.of(1L), PLAN.arms(), 4000, 5000, 1000, 8);

    assertThatThrownBy(() -> study(other).run(List.of()))
        .hasMessageContaining("seed-1.json was made under");
  }

  @Test
  void refusesSeedsOfAnotherShop() {
    Dataset shop = TinyTraining.shop();
    Dataset smaller = shop.without(shop.queries().subList(0, 20));

    assertThatThrownBy(() -> study(PLAN, smaller).run(List.of()))
        .hasMessageContaining("seed-1.json was made under dataset");
  }

  private BanditStudy study(BanditPlan plan) {
    return study(plan, TinyTraining.shop());
  }

  private BanditStudy study(BanditPlan plan, Dataset shop) {
    return new BanditStudy(
        plan,
        seed -> shop,
        seed -> null,
        directory,
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  @Test
  void refusesAPlanWithoutIdentity() {
    assertThatThrownBy(
            () -> new BanditPlan(List.of(1L), List.of("spell", "synonyms"), 1000, 100, 100, 2))
        .hasMessageContaining("identity first");
  }
}
