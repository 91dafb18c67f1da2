package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.List;
import java.util.Map;

/**
 * Queries and judgments as two tab-separated tables: {@code query_id, query} and {@code query_id,
 * product_id, grade}.
 */
final class JudgmentTables {
  private final DatasetFiles files;
  private final Problems.Log problems;
  private final String queries;
  private final String judgments;

  /**
   * @param queries file of the queries, within the directory or absolute
   * @param judgments file of the judgments, likewise
   */
  JudgmentTables(DatasetFiles files, Problems.Log problems, String queries, String judgments) {
    this.files = files;
    this.problems = problems;
    this.queries = queries;
    this.judgments = judgments;
  }

  Judgments read(Map<String, Product> products) {
    Judgments read = new Judgments();
    readQueries(read);
    readGrades(read, products);
    if (read.isEmpty()) {
      throw files.empty(judgments, "rows that name queries and products of this dataset");
    }
    return read;
  }

  private void readQueries(Judgments read) {
    files.rows(
        queries,
        List.of("query_id", "query"),
        (line, cells) -> {
          if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            problems.add(queries, line, "an empty cell", "query_id and query");
          } else if (!read.query(cells.get(0), cells.get(1))) {
            problems.add(queries, line, "query_id " + cells.get(0) + " again", "each id once");
          }
        });
  }

  private void readGrades(Judgments read, Map<String, Product> products) {
    files.rows(
        judgments,
        List.of("query_id", "product_id", "grade"),
        (line, cells) -> {
          if (!read.knows(cells.get(0))) {
            problems.add(judgments, line, "query_id '" + cells.get(0) + "'", "one of " + queries);
          } else if (!products.containsKey(cells.get(1))) {
            problems.add(
                judgments, line, "product '" + cells.get(1) + "'", "one of " + CatalogueFile.NAME);
          } else {
            Grades.parse(cells.get(2))
                .ifPresentOrElse(
                    grade -> read.grade(cells.get(0), cells.get(1), grade),
                    () ->
                        problems.add(judgments, line, "grade '" + cells.get(2) + "'", "a number"));
          }
        });
  }
}
