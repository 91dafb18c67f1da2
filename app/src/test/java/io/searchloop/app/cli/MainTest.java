package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

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

  static Stream<CommandLine> commands() {
    return withSubcommands(Main.commandLine(Settings.of(new String[] {"--help"})));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(MainTest::withSubcommands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpShowsEveryExampleOnOneLine(CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

    String[] footer = command.getCommandSpec().usageMessage().footer();
    assertThat(help.lines())
        .containsAll(Stream.of(footer).map(line -> line.replace("%%", "%")).toList());
    assertThat(said()).isEmpty();
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
  void refusesSettingsOfACommandThatTakesNone() {
    assertThat(Main.execute("policy", "show", "--serving.prot", "1")).isEqualTo(ExitCode.USAGE);
    assertThat(said())
        .contains("Unknown settings [serving.prot]")
        .contains("policy show takes none");
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
