package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.json.ReportJson;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudyOptionsTest {
  @TempDir Path directory;

  @Test
  void aTableThatFailsLeavesTheReportBehind() {
    StudyOptions options =
        CommandLine.populateCommand(
            new StudyOptions(), "--dataset", "shop", "--out", directory.toString());

    assertThatThrownBy(
            () ->
                options.finish(
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                    () -> {
                      throw new IllegalStateException("No such row");
                    },
                    file -> ReportJson.write(file, Map.of("figure", 1))))
        .hasMessage("No such row");
    assertThat(directory.resolve("report.json")).isNotEmptyFile();
  }
}
