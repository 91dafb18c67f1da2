package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.engine.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
  @TempDir Path temp;
  private DatasetDirectory directory;

  @BeforeEach
  void writeCompleteDirectory() {
    directory = new DatasetDirectory(temp);
  }

  @Test
  void readsProductsQueriesAndJudgments() {
    Dataset dataset = DatasetReader.read(temp);

    assertThat(dataset.products()).extracting(Product::id).containsExactly("p1", "p2");
    assertThat(dataset.queries()).extracting(JudgedQuery::text).contains("red sofa", "lamp");
    assertThat(dataset.gains(query(dataset, "q1"))).isEqualTo(Map.of("p1", 3.0, "p2", 0.0));
    assertThat(dataset.relevant(query(dataset, "q2"))).containsExactly("p2");
    assertThat(dataset.problems()).isEqualTo(Problems.NONE);
  }

  @Test
  void turnsNumbersListsAndNullsOfAttributesIntoText() {
    directory.gzip(
        DatasetReader.PRODUCTS,
        "{\"id\":7,\"title\":\"Drill 1/2\\\"\",\"category\":null,\"ean\":[\"1\"],"
            + "\"attributes\":{\"volts\":18.0,\"kg\":1.25,\"use\":[\"wood\",\"steel\"],\"x\":null}}");
    directory.write(DatasetReader.JUDGMENTS, "query_id\tproduct_id\tgrade", "q1\t7\t3");

    Product product = DatasetReader.read(temp).products().get(0);

    assertThat(product.id()).isEqualTo("7");
    assertThat(product.category()).isEmpty();
    assertThat(product.attributes())
        .isEqualTo(Map.of("volts", "18", "kg", "1.25", "use", "wood, steel"));
  }

  @Test
  void keepsInchMarksOfUnquotedColumns() {
    directory.write(DatasetReader.QUERIES, "query_id\tquery", "q1\t3/4\" \"pipe", "q2\tlamp");

    assertThat(query(DatasetReader.read(temp), "q1").text()).isEqualTo("3/4\" \"pipe");
  }

  @Test
  void findsColumnsByNameWhateverTheirOrder() {
    directory.write(
        DatasetReader.JUDGMENTS, "grade\trater\tproduct_id\tquery_id", "3\tann\tp2\tq1");

    assertThat(query(DatasetReader.read(temp), "q1").grades()).isEqualTo(Map.of("p2", 3.0));
  }

  @Test
  void tellsTheScaleBySmallestGrade() {
    assertThat(DatasetReader.read(temp).scale()).isEqualTo(GradeScale.FROM_ZERO);

    directory.write(
        DatasetReader.JUDGMENTS, "query_id\tproduct_id\tgrade", "q1\tp1\t2.33", "q1\tp2\t1");

    Dataset fromOne = DatasetReader.read(temp);
    assertThat(fromOne.scale()).isEqualTo(GradeScale.FROM_ONE);
    assertThat(fromOne.gains(query(fromOne, "q1")).get("p2")).isZero();
    assertThat(fromOne.relevant(query(fromOne, "q1"))).containsExactly("p1");
  }

  @Test
  void usesGivenScaleInsteadOfTheRule() {
    assertThat(DatasetReader.read(temp, GradeScale.FROM_ONE).scale())
        .isEqualTo(GradeScale.FROM_ONE);
  }

  @Test
  void namesAndCountsLinesItCannotUse() {
    directory.gzip(
        DatasetReader.PRODUCTS,
        "{\"id\":\"p1\",\"title\":\"Sofa\"}",
        "{\"id\":\"p2\",",
        "{\"id\":\"p3\"}",
        "[]",
        "{\"id\":\"p1\",\"title\":\"Again\"}");
    directory.write(
        DatasetReader.JUDGMENTS,
        "query_id\tproduct_id\tgrade",
        "q1\tp1\tgood",
        "q9\tp1\t3",
        "q1\tp9\t3",
        "q1\tp1",
        "q1\tp1\tNaN",
        "q1\tp1\t3");

    Problems problems = DatasetReader.read(temp).problems();

    assertThat(problems.count()).isEqualTo(9);
    assertThat(problems.first())
        .anyMatch(p -> p.startsWith("products.jsonl.gz line 2: found broken JSON"))
        .contains(
            "products.jsonl.gz line 3: found a product without title, expected a JSON object with id and title.",
            "products.jsonl.gz line 4: found JSON that is not an object, expected a JSON object with id and title.",
            "products.jsonl.gz line 5: found id p1 again, expected each id once.",
            "judgments.tsv line 2: found grade 'good', expected a number.",
            "judgments.tsv line 3: found query_id 'q9', expected one of queries.tsv.",
            "judgments.tsv line 4: found product 'p9', expected one of products.jsonl.gz.",
            "judgments.tsv line 5: found 2 columns, expected columns [query_id, product_id, grade].",
            "judgments.tsv line 6: found grade 'NaN', expected a number.");
  }

  @Test
  void namesOnlyTheFirstTwentyProblemsButCountsAll() {
    String[] lines =
        IntStream.range(0, 31)
            .mapToObj(i -> i == 0 ? "{\"id\":\"p1\",\"title\":\"Sofa\"}" : "broken")
            .toArray(String[]::new);
    directory.gzip(DatasetReader.PRODUCTS, lines);
    directory.write(DatasetReader.JUDGMENTS, "query_id\tproduct_id\tgrade", "q1\tp1\t3");

    Problems problems = DatasetReader.read(temp).problems();

    assertThat(problems.count()).isEqualTo(30);
    assertThat(problems.first()).hasSize(20);
  }

  @Test
  void refusesDirectoryWithoutJudgments() throws IOException {
    Files.delete(temp.resolve(DatasetReader.JUDGMENTS));

    assertThatThrownBy(() -> DatasetReader.read(temp))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining("judgments.tsv not found");
  }

  @Test
  void refusesFileWithoutUsableLine() {
    directory.gzip(DatasetReader.PRODUCTS, "nonsense");

    assertThatThrownBy(() -> DatasetReader.read(temp))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining("products.jsonl.gz holds no usable line")
        .hasMessageContaining("line 1: found broken JSON");
  }

  @Test
  void refusesFileWithWrongColumns() {
    directory.write(DatasetReader.QUERIES, "id\ttext", "q1\tsofa");

    assertThatThrownBy(() -> DatasetReader.read(temp))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining("found columns [id, text], expected a header with [query_id, query]");
  }

  @Test
  void refusesFileThatIsNotGzipped() {
    directory.write(DatasetReader.PRODUCTS, "{\"id\":\"p1\",\"title\":\"Sofa\"}");

    assertThatThrownBy(() -> DatasetReader.read(temp))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining("gzipped when the name ends in .gz");
  }

  @Test
  void readsCorrectionsAndIgnoresFurtherColumns() {
    directory.write(CorrectionTable.NAME, "query\tcorrected\tquery_id", "red sfoa\tred sofa\tq1");

    assertThat(DatasetReader.read(temp).corrections()).isEqualTo(Map.of("red sfoa", "red sofa"));
  }

  @Test
  void minesCoClicksFromSearchClicks() {
    directory.gzip(
        DatasetReader.EVENTS,
        "{\"type\":\"search_click\",\"query\":\"Couch\",\"product_id\":\"p1\"}",
        "{\"type\":\"search_click\",\"query\":\"couch\",\"product_id\":\"p1\"}",
        "{\"type\":\"search_click\",\"query\":\"settee\",\"product_id\":\"p1\"}",
        "{\"type\":\"search_click\",\"query\":\"lamp\",\"product_id\":\"p2\"}",
        "{\"type\":\"purchase\",\"product_id\":\"p1\"}",
        "{\"type\":\"search_click\",\"query\":\"lamp\"}");

    Dataset dataset = DatasetReader.read(temp);

    assertThat(dataset.coClicks().of("couch")).isEqualTo(Map.of("settee", 1));
    assertThat(dataset.coClicks().of("lamp")).isEmpty();
    assertThat(dataset.problems().count()).isEqualTo(1);
  }

  private static JudgedQuery query(Dataset dataset, String id) {
    return dataset.queries().stream().filter(q -> q.id().equals(id)).findFirst().orElseThrow();
  }
}
