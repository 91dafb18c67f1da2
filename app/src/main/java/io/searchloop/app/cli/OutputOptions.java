package io.searchloop.app.cli;

import io.searchloop.app.json.ReportJson;
import picocli.CommandLine.Option;

/** Table for people, JSON for programs. */
final class OutputOptions {
  enum Format {
    table,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  boolean isJson() {
    return format == Format.json;
  }

  String json(Object value) {
    return ReportJson.text(value);
  }
}
