package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.app.deploy.Repository;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What pages, help and deployments tell people or containers to type is understood. */
class DocumentedCommandsTest {
  private static final List<String> PAGES =
      List.of(
          "docs/runbook.md",
          "docs/deploy.md",
          "docs/cli.md",
          "docs/disaster.md",
          "docs/security.md");
  private static final Pattern COMMAND = Pattern.compile("\\./searchloop ([^`\\n#)>]+)");
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

  static Stream<CommandLine> all() {
    return under(Main.commandLine(new Settings(List.of(), Map.of())));
  }

  private static Stream<CommandLine> under(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(DocumentedCommandsTest::under));
  }

  static Set<String> commands() {
    Set<String> commands = new TreeSet<>();
    PAGES.forEach(page -> commands.addAll(typed(Repository.text(page))));
    all().forEach(command -> commands.addAll(typed(footer(command))));
    return commands;
  }

  /** What containers of the whole image are told. */
  static List<String> told() {
    List<String> told = new ArrayList<>();
    for (JsonNode service : Repository.yaml("docker-compose.yml").path("services")) {
      if (service.path("image").asText().startsWith("searchloop/searchloop:")) {
        told.add(words(service.path("command")));
      }
    }
    Repository.yaml("deploy/k8s/setup/setup.yaml")
        .findValues("args")
        .forEach(args -> told.add(words(args)));
    return told;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    assertThatCode(() -> parse(command)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("told")
  void containersAreToldWhatIsKnown(String command) {
    Settings settings = parse(command);

    assertThatCode(() -> LoopSettings.of(settings.values(), true)).doesNotThrowAnyException();
  }

  @Test
  void everyCommandShowsAnExampleAndIsListed() {
    String page = Repository.text("docs/cli.md");
    all()
        .forEach(
            command -> {
              String name = command.getCommandSpec().qualifiedName();
              assertThat(footer(command)).as("examples of " + name).contains("Example");
              if (command.getSubcommands().isEmpty()) {
                assertThat(page).contains("`" + name.replaceFirst("searchloop ", "") + "`");
              }
            });
  }

  @Test
  void exitCodesAreThoseOfTheCode() {
    List<String> codes =
        Pattern.compile("(?m)^\\| (\\d) \\|")
            .matcher(Repository.text("docs/cli.md"))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(codes).containsExactly("" + ExitCode.OK, "" + ExitCode.FAILED, "" + ExitCode.USAGE);
    assertThat(CommandLine.ExitCode.USAGE).as("of picocli").isEqualTo(ExitCode.USAGE);
  }

  @Test
  void completionKnowsEveryCommand() {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine(new Settings(List.of(), Map.of()));
    line.setOut(new PrintWriter(out));

    assertThat(line.execute("completion")).isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains("rollback", "--to-offset", "doctor", "searchloop");
    assertThat(new Tool("bash", "bash").ask(Repository.ROOT, out.toString(), "-n"))
        .isEqualTo(new Program.Ended(0, ""));
  }

  private static Settings parse(String command) {
    String[] words =
        WORD.matcher(command.replaceAll("\\bN\\b", "4"))
            .results()
            .map(word -> word.group().replaceAll("[\"']", ""))
            .toArray(String[]::new);
    Settings settings = Settings.of(words);
    Main.commandLine(settings).parseArgs(settings.flagArray());
    return settings;
  }

  /** Commands in a text, without the words that explain them. */
  private static List<String> typed(String text) {
    Matcher found = COMMAND.matcher(text.replaceAll("\\\\\\s*\\n\\s*", ""));
    return found
        .results()
        .map((MatchResult match) -> match.group(1).replaceFirst("\\s{3,}.*", "").strip())
        .toList();
  }

  private static String footer(CommandLine command) {
    return String.join("\n", command.getCommandSpec().usageMessage().footer());
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }
}
