package io.searchloop.app.study.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.search.evaluation.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStudyTest {
  private static final Dataset SHOP = TinyTraining.shop();
  private static final Map<String, String> SMALL =
      Map.of(
          "trainer.warm-start.vocabulary", "500",
          "trainer.warm-start.width", "16",
          "trainer.warm-start.layers", "1",
          "trainer.warm-start.heads", "2",
          "trainer.warm-start.hidden", "32");

  @TempDir Path directory;

  @Test
  void judgesEveryContextBesideWhatNeedsNoLearning() throws Exception {
    SessionReport report = run(8);

    SessionReport.Seed found = report.seeds().get(1L);
    assertThat(found.learned()).isPositive();
    SessionReport.Stratum all = found.strata().get("all");
    assertThat(all.rewriters().keySet())
        .containsExactly(
            "typed", "joined", "next", "last", "session", "annotations", "session+intent");
    assertThat(all.rewriters().get("next").get("mrr").value())
        .as("whoever knows the next query")
        .isEqualTo(1);
    assertThat(all.rewriters().get("typed").get("hit_at_16").value())
        .as("the last query has failed")
        .isZero();
    assertThat(all.rewriters().get("last").get("mrr").toLast().mean()).isZero();
    assertThat(report.table())
        .contains("simulated sessions", "| session+intent |", "Intent loss kept:");

    Path student = directory.resolve("seed-1/session/finished/model.safetensors");
    FileTime before = Files.getLastModifiedTime(student);
    assertThat(run(8).seeds()).isEqualTo(report.seeds());
    assertThat(Files.getLastModifiedTime(student)).as("a student that is there").isEqualTo(before);
    assertThatThrownBy(() -> run(9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another folder");
  }

  @Test
  void keepsTheIntentLossOnlyForATailThatGains() {
    assertThat(report(.01, .03).keepsIntentLoss()).isTrue();
    assertThat(report(-.01, .05).keepsIntentLoss()).isFalse();
  }

  private static SessionReport report(double low, double high) {
    SessionReport.Stratum tail =
        new SessionReport.Stratum(
            1, Map.of(), Map.of("mrr", new Interval((low + high) / 2, low, high)));
    return new SessionReport(
        List.of(),
        Map.of(),
        new SessionPlan(List.of(1L), 1, 1, Map.of()),
        Map.of(1L, new SessionReport.Seed(1, 0, Map.of("tail", tail))));
  }

  private SessionReport run(int steps) {
    return new SessionStudy(
            new SessionPlan(List.of(1L), 20, steps, SMALL),
            seed -> SHOP,
            directory,
            InstantSource.fixed(Instant.EPOCH),
            line -> {})
        .run(List.of("study", "sessions"));
  }
}
