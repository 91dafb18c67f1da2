package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.ClickLog;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.app.dataset.Problems;
import io.searchloop.app.evaluation.ClickComparison;
import io.searchloop.app.evaluation.ClickFigures;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.PolicyDirectory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickStudyTest {
  private static final Instant FIRST = Instant.parse("2011-08-11T04:00:00Z");
  private static final ClickLog LOG = log();

  @TempDir Path directory;

  @Test
  void judgesPoliciesThatSawClicksAloneByLaterOnes() throws Exception {
    ClickReport report = run(plan(1, 2, 1));

    assertThat(report.arms())
        .extracting(ClickFigures::arm)
        .containsExactly(
            "identity",
            "typed+spell",
            "synonyms+spell",
            "rm3",
            "spell, replacing",
            "most clicked",
            "most clicked, going on",
            "warm-start+spell",
            "clicks+spell",
            "clicks, going on+spell",
            "warm-start+spell, seed 1",
            "clicks+spell, seed 1",
            "clicks, going on+spell, seed 1");
    assertThat(report.learnedClicks() + report.judgedClicks()).isEqualTo(LOG.clicks().size());
    assertThat(report.arms().get(0).of(ClickComparison.ALL).clicks())
        .isEqualTo(report.judgedClicks());
    assertThat(report.table()).contains("| clicks+spell |", "**unseen**");
    Path clicks = directory.resolve("seed-1/clicks");
    assertThat(PolicyDirectory.open(clicks).manifest().provenance().origin()).isEqualTo("clicks");

    var before = Files.getLastModifiedTime(clicks.resolve(PolicyDirectory.WEIGHTS));
    run(plan(1, 2, 1));
    assertThat(Files.getLastModifiedTime(clicks.resolve(PolicyDirectory.WEIGHTS)))
        .as("a policy that is there is kept")
        .isEqualTo(before);
    assertThat(run(plan(1, 2, 0)).arms())
        .as("policies of another plan lie there")
        .extracting(ClickFigures::arm)
        .doesNotContain("clicks, going on+spell");
  }

  @Test
  void weeksBeginOnTheDayOfTheFirstClick() {
    assertThat(plan(1, 9, 0).weeks(LOG))
        .containsExactly(
            Instant.parse("2011-08-18T00:00:00Z"),
            Instant.parse("2011-08-25T00:00:00Z"),
            Instant.parse("2011-09-01T00:00:00Z"));
    assertThat(plan(1, 1, 0).weeks(LOG)).hasSize(2);
  }

  @Test
  void refusesALogThatEndsBeforeAnythingCanBeJudged() {
    assertThatThrownBy(() -> plan(3, 1, 0).weeks(LOG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before anything can be judged: 3 weeks are learned from");
  }

  private ClickReport run(ClickPlan plan) {
    return new ClickStudy(
            plan,
            LOG,
            directory,
            InstantSource.fixed(Instant.EPOCH),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .run(List.of("study", "clicks"));
  }

  private static ClickPlan plan(int learnWeeks, int testWeeks, int moreSteps) {
    Map<String, String> given = new TreeMap<>(TinyTraining.settings());
    return new ClickPlan(List.of(1L), learnWeeks, testWeeks, 60, 2, moreSteps, given);
  }

  /** Each judged query once a week for three weeks, with a click on what it wants. */
  private static ClickLog log() {
    Dataset shop = TinyTraining.shop();
    List<LoggedClick> clicks = new ArrayList<>();
    for (int week = 0; week < 3; week++) {
      Instant time = FIRST.plus(Duration.ofDays(7L * week));
      for (JudgedQuery query : shop.queries().subList(10 * week, 60 + 10 * week)) {
        for (String product : shop.relevant(query)) {
          clicks.add(new LoggedClick("1", "ann", query.text(), product, time, time));
        }
      }
    }
    return new ClickLog("shop", shop.products(), clicks, Map.of(), Map.of(), Problems.NONE);
  }
}
