package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads the real datasets where they are at hand; they cannot be shipped. */
class RealDatasetsIT {
  @Test
  void readsHomeDepot() {
    Dataset dataset = DatasetReader.read(directory("homedepot"));

    assertThat(dataset.products()).hasSize(54_667);
    assertThat(dataset.queries()).hasSize(9_974);
    assertThat(dataset.queries().stream().mapToInt(q -> q.grades().size()).sum()).isEqualTo(62_383);
    assertThat(dataset.corrections()).hasSize(2_542);
    assertThat(dataset.scale()).isEqualTo(GradeScale.FROM_ONE);
    assertThat(dataset.problems()).isEqualTo(Problems.NONE);
  }

  @Test
  void keepsHomeDepotTestQueriesOutOfTraining() {
    Dataset dataset = DatasetReader.read(directory("homedepot"));
    WarmStartText text = TrainingText.of(dataset);
    Set<String> test =
        dataset.queries(Split.TEST).stream()
            .map(query -> QueryText.normalise(query.text()))
            .collect(Collectors.toSet());

    assertThat(text.queries()).isNotEmpty().doesNotContainAnyElementsOf(test);
    assertThat(text.coClicks())
        .isNotEmpty()
        .noneMatch(pair -> test.contains(pair.source()) || test.contains(pair.target()));
    assertThat(text.corrections()).isNotEmpty();
  }

  @Test
  void readsIcecat() {
    Dataset dataset = DatasetReader.read(directory("icecat"));

    assertThat(dataset.products()).hasSize(19_406);
    assertThat(dataset.queries()).hasSize(86);
    assertThat(dataset.queries().stream().mapToInt(q -> q.grades().size()).sum()).isEqualTo(2_215);
    assertThat(dataset.scale()).isEqualTo(GradeScale.FROM_ZERO);
    assertThat(dataset.problems()).isEqualTo(Problems.NONE);
  }

  @Test
  void readsTheClicksOfBestBuy() {
    ClickLog log = ClickLog.read(directory("bestbuy-xbox"));

    assertThat(log.products()).hasSize(437);
    assertThat(log.clicks()).hasSize(34_793 - 239);
    assertThat(log.leftOut()).isEqualTo(Map.of(ClickLog.OUTSIDE, 239L));
    assertThat(log.problems()).isEqualTo(Problems.NONE);
    assertThat(DatasetReader.read(directory("bestbuy-xbox")).queries().get(0).text())
        .isEqualTo("gears of war 3");
  }

  private static Path directory(String name) {
    Path directory = Path.of(System.getProperty("searchloop.data", "../../shared/data"), name);
    assumeTrue(
        Files.isDirectory(directory),
        () ->
            String.format(
                Locale.ROOT,
                "%s is absent; set -Dsearchloop.data to the directory that holds %s",
                directory,
                name));
    return directory;
  }
}
