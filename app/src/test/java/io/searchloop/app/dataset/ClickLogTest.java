package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickLogTest {
  @TempDir Path temp;
  private DatasetDirectory directory;

  @BeforeEach
  void writeLog() throws IOException {
    directory = new DatasetDirectory(temp);
    Files.delete(temp.resolve(DatasetReader.QUERIES));
    Files.delete(temp.resolve(DatasetReader.JUDGMENTS));
    directory.gzip(
        DatasetReader.EVENTS,
        click("ann", "Couch", "p1", "2011-08-03"),
        click("bob", "couch ", "p1", "2011-08-01"),
        click("cy", "couch", "p2", "2011-08-02"),
        click("cy", "lamp", "p9", "2011-08-02"),
        click("", "lamp", "p2", "2011-08-02"),
        "{\"type\":\"purchase\",\"product_id\":\"p1\"}",
        "{\"type\":",
        click("dan", "lamp", "p2", "2011-08-04"));
  }

  @Test
  void readsClicksInClickOrder() {
    assertThat(ClickLog.read(temp).clicks())
        .extracting(LoggedClick::visitor)
        .containsExactly("bob", "cy", "ann", "dan");
  }

  @Test
  void countsWhatItLeavesOutByReasonAndNamesTheLines() {
    ClickLog log = ClickLog.read(temp);

    assertThat(log.leftOut())
        .isEqualTo(Map.of(ClickLog.OUTSIDE, 1L, ClickLog.INCOMPLETE, 1L, ClickLog.BROKEN, 1L));
    assertThat(log.problems().count()).isEqualTo(2);
    assertThat(log.problems().first())
        .anyMatch(line -> line.startsWith("events.jsonl.gz line 5: found a click that lacks"))
        .anyMatch(line -> line.startsWith("events.jsonl.gz line 7: found broken JSON"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2011-08-11 03:59:04.27",
        "2011-08-11T03:59:04.27",
        "2011-08-11T03:59:04.27Z",
        "2011-08-11 05:59:04.27+02:00"
      })
  void readsTimesWithAndWithoutAZone(String written) {
    directory.gzip(
        DatasetReader.EVENTS,
        """
        {"type":"search_click","user_id":"ann","query":"couch","product_id":"p1",\
        "query_time":"%s","click_time":"%s"}"""
            .formatted(written, written));

    assertThat(ClickLog.read(temp).clicks())
        .extracting(LoggedClick::clickedAt)
        .containsExactly(Instant.parse("2011-08-11T03:59:04.27Z"));
  }

  @Test
  void knowsHowQueriesWereCorrected() {
    directory.write(CorrectionTable.NAME, "query\tcorrected", "cuoch\tcouch", "lmap\t");

    Dataset dataset = DatasetReader.read(temp);

    assertThat(dataset.corrections()).isEqualTo(Map.of("cuoch", "couch"));
    assertThat(dataset.problems().count()).isEqualTo(3);
  }

  @Test
  void dividesByClickTime() {
    ClickLog log = ClickLog.read(temp);
    Instant third = Instant.parse("2011-08-03T00:01:00Z");

    assertThat(log.before(third).clicks())
        .extracting(LoggedClick::visitor)
        .containsExactly("bob", "cy");
    assertThat(log.between(third, Instant.parse("2011-08-04T00:01:00Z")).clicks())
        .extracting(LoggedClick::visitor)
        .containsExactly("ann");
  }

  @Test
  void clicksTellPopularityGradesAndTitles() {
    Dataset dataset = ClickLog.read(temp).dataset();

    assertThat(dataset.queries()).extracting(JudgedQuery::text).containsExactly("couch", "lamp");
    JudgedQuery couch = dataset.queries().get(0);
    assertThat(couch.popularity()).isEqualTo(3);
    assertThat(couch.grades().get("p1")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(dataset.coClicks().of("couch")).isEqualTo(Map.of("sofa", 2, "lamp", 1));
    assertThat(dataset.queries(Split.TRAIN)).hasSize(2);
    assertThat(TrainingText.of(dataset).coClicks()).hasSize(3);
  }

  @Test
  void aDirectoryWithoutQueriesAndJudgmentsIsReadByItsClicks() {
    Dataset dataset = DatasetReader.read(temp);

    assertThat(dataset.scale()).isEqualTo(GradeScale.CLICK_SHARES);
    assertThat(dataset.queries()).hasSize(2);
    assertThat(dataset.problems().count()).isEqualTo(2);
  }

  @Test
  void aCatalogueAloneIsAShopWithoutQueries() throws IOException {
    Files.delete(temp.resolve(DatasetReader.EVENTS));

    Dataset dataset = DatasetReader.read(temp);

    assertThat(dataset.products()).hasSize(2);
    assertThat(dataset.queries()).isEqualTo(List.of());
    assertThat(dataset.coClicks().counts()).isEmpty();
  }

  private static String click(String user, String query, String product, String day) {
    return """
        {"event_id":1,"type":"search_click","user_id":"%s","query":"%s","product_id":"%s",\
        "query_time":"%s 00:00:00","click_time":"%s 00:01:00"}"""
        .formatted(user, query, product, day, day);
  }
}
