package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final PrintStream terminal = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(terminal);
  }

  @Test
  void refusesAnUnknownFlag() {
    assertThat(Main.execute("demo", "--minuets", "1")).isEqualTo(ExitCode.USAGE);
    assertThat(said()).contains("Unknown option").contains("--minuets");
  }

  @Test
  void refusesAnUnknownSettingWithASuggestion() {
    assertThat(Main.execute("demo", "--trainer.learning-rat", "1")).isEqualTo(ExitCode.USAGE);
    assertThat(said())
        .contains("Unknown configuration key 'trainer.learning-rat'")
        .contains("Did you mean 'trainer.learning-rate'?");
  }

  @Test
  void refusesABadValueByNameWithAnExample() {
    assertThat(Main.execute("demo", "--serving.deadline", "soon")).isEqualTo(ExitCode.USAGE);
    assertThat(said()).contains("serving.deadline: found 'soon', expected an ISO-8601 duration");
  }

  @Test
  void saysWhatADirectoryWithoutDataLacks(@TempDir Path directory) {
    assertThat(Main.execute("demo", "--dataset", directory.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(said()).contains("products.jsonl.gz");
  }

  @Test
  void saysThatNoLoopRanInADirectory(@TempDir Path directory) {
    assertThat(Main.execute("audit", "--data-dir", directory.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(said()).contains("No loop has run in " + directory);
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
