package io.searchloop.app.bench;

import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.util.List;

/** What a benchmark found: lines for a person, JSON for everybody else. */
public interface BenchReport {
  /** The figures, and what was asked of them. */
  List<String> conclusions();

  /** Whether what must hold did; otherwise the command exits with 1. */
  default boolean met() {
    return true;
  }

  /** Writes all of it as JSON, making its folder. */
  default void write(Path file) {
    ReportJson.write(file, this);
  }
}
