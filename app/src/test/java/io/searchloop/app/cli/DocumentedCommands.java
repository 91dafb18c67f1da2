package io.searchloop.app.cli;

import io.searchloop.testkit.Program;
import io.searchloop.testkit.Program.Ended;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that the documents tell storefronts to run, as they stand; only where things listen
 * is another.
 *
 * @param ports address by the port it has in the documents
 * @param samples file of events by its format
 */
public record DocumentedCommands(Map<Integer, String> ports, Map<String, Path> samples) {
  private static final Path ROOT = Path.of("..");
  private static final List<String> PAGES =
      List.of("README.md", "docs/storefront-events.md", "docs/storefront-integration.md");
  private static final List<String> OPERATORS_PAGES =
      List.of(
          "README.md",
          "docs/cli.md",
          "docs/console.md",
          "docs/reward-design.md",
          "docs/rules.md",
          "docs/runbook.md",
          "docs/external-engines.md");
  private static final Pattern OPERATORS =
      Pattern.compile(
          "\\./searchloop ((?:policy (?:list|show|freeze|unfreeze|prune|rollback)|reward (?:list|set)"
              + "|rewrites export|trace QUERY_ID|audit)\\b[^#`|\\n]*)");
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
  private static final String GOES_BACK = "policy rollback";
  private static final Pattern EVENTS = Pattern.compile("\\./searchloop (events [^#`\\n]*)");
  private static final Pattern FORMAT = Pattern.compile("--format (\\w+)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d{4,5})\\b");
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CURL = Pattern.compile("^curl .*$", Pattern.MULTILINE);

  /** Runs each {@code ./searchloop events} of the pages; how each ended. */
  public Map<String, Ended> runEvents() throws IOException {
    Map<String, Ended> ended = new LinkedHashMap<>();
    for (String page : PAGES) {
      Matcher found = EVENTS.matcher(Files.readString(ROOT.resolve(page)));
      while (found.find()) {
        String command = found.group(1).strip();
        ended.put(command, execute(here(command).replace("FILE", sample(command)).split(" +")));
      }
    }
    return ended;
  }

  /**
   * Runs what the pages tell operators of a running loop to type, once each, rollbacks last. Those
   * of a stopped loop are left out, and nobody is there to say yes.
   *
   * @param words what stands for words of the documents, such as {@code QUERY_ID}
   */
  public Map<String, Ended> runOperators(Map<String, String> words) throws IOException {
    Map<String, Ended> ended = new LinkedHashMap<>();
    for (String command : operators()) {
      List<String> typed = words(command);
      typed.replaceAll(word -> words.getOrDefault(word, word));
      if (!command.contains("--bootstrap")) {
        typed.addAll(
            List.of("--bootstrap", "127.0.0.1:9092", "--registry", "http://127.0.0.1:8082"));
      }
      if (command.startsWith("reward set")) {
        typed.add("--yes");
      }
      typed.replaceAll(this::here);
      ended.put(command, execute(typed.toArray(String[]::new)));
    }
    return ended;
  }

  /** As a shell would split them. */
  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(found -> found.group().replace("\"", ""))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> operators() throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    for (String page : OPERATORS_PAGES) {
      OPERATORS
          .matcher(Files.readString(ROOT.resolve(page)))
          .results()
          .map(found -> found.group(1).strip())
          .filter(command -> !command.contains("--data-dir"))
          .forEach(commands::add);
    }
    List<String> ordered = new ArrayList<>(commands);
    ordered.sort(Comparator.comparing(command -> command.startsWith(GOES_BACK)));
    return ordered;
  }

  /** Runs the shell examples of the integration page, in one shell, and the README's curl lines. */
  public Ended runShell(Program bash) throws IOException {
    String examples =
        all(SHELL, "docs/storefront-integration.md", 1) + all(CURL, "README.md", 0).strip();
    return bash.run(
        ROOT, Map.of(), Duration.ofMinutes(1), "-c", "set -euo pipefail\n" + here(examples));
  }

  private static String all(Pattern pattern, String page, int group) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .map(found -> found.group(group) + "\n")
        .collect(Collectors.joining());
  }

  private String here(String text) {
    return ADDRESS.matcher(text).replaceAll(this::address);
  }

  private String address(MatchResult found) {
    String address = ports.get(Integer.parseInt(found.group(1)));
    if (address == null) {
      throw new IllegalStateException(
          found.group() + " is in the documents, expected a port of " + ports.keySet());
    }
    return address;
  }

  private String sample(String command) {
    Matcher format = FORMAT.matcher(command);
    return samples.get(format.find() ? format.group(1) : "jsonl").toString();
  }

  private static Ended execute(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Settings settings = Settings.of(arguments);
    int exitCode = Main.commandLine(settings).setOut(out).setErr(out).execute(settings.flagArray());
    return new Ended(exitCode, said.toString());
  }
}
