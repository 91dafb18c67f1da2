package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.privacy.Pseudonyms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyKeyCommandTest {
  private final StringWriter out = new StringWriter();
  @TempDir private Path folder;

  @Test
  void makesAKeyThenOneThatReplacesItLaterAndPrintsNeither() throws IOException {
    Path file = folder.resolve("new/pseudonyms");

    assertThat(run("--file", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1 keys, the newest holds from the start");
    String first = Pseudonyms.of(file.toString()).allOf("jane").iterator().next();
    assertThat(run("--file", file.toString(), "--after", "PT2H")).isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains("2 keys").contains("serving.pseudonym-keys=" + file);
    assertThat(Pseudonyms.of(file.toString()).allOf("jane")).hasSize(3).contains(first, "jane");
    for (String line : Files.readAllLines(file)) {
      assertThat(line.startsWith("#") || !out.toString().contains(line.split(" ")[1])).isTrue();
    }
  }

  @Test
  void refusesATimeThatIsOver() {
    assertThat(run("--after=-PT1H")).isEqualTo(ExitCode.USAGE);
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "privacy";
    all[1] = "key";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Main.commandLine(new Settings(List.of(), Map.of()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(all);
  }
}
