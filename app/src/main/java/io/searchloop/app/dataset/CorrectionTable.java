package io.searchloop.app.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code corrections.tsv}: how queries were meant that were typed wrong. */
final class CorrectionTable {
  static final String NAME = "corrections.tsv";

  private CorrectionTable() {}

  /** Misspelt query to corrected query; empty where a directory has no such file. */
  static Map<String, String> read(DatasetFiles files, Problems.Log problems) {
    Map<String, String> corrections = new LinkedHashMap<>();
    if (files.has(NAME)) {
      files.rows(
          NAME,
          List.of("query", "corrected"),
          (line, cells) -> {
            if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
              problems.add(NAME, line, "an empty cell", "query and corrected");
            } else {
              corrections.put(cells.get(0), cells.get(1));
            }
          });
    }
    return corrections;
  }
}
