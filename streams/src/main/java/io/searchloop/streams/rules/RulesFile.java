package io.searchloop.streams.rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file of rules: UTF-8, one rule a line, {@code #} begins a comment line. A file with a
 * mistake is refused whole, all its mistakes named, because half of a shop's rules are none.
 *
 * @param path of the file
 */
public record RulesFile(Path path) {
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_PROBLEMS = 20;
  private static final String ARROW = "=>";

  /**
   * The rules.
   *
   * @throws IllegalArgumentException naming the file and each line that cannot be used
   */
  public Rules read() {
    return parse(text());
  }

  /**
   * What the file says now, not yet understood.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  String text() {
    try {
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        throw new IllegalArgumentException(
            "Rules %s have %d bytes, expected at most %d. Leave what is not a rule out."
                .formatted(path, size, MOST_BYTES));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Rules %s are not UTF-8. Write the file anew in UTF-8.".formatted(path), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Rules %s cannot be read: %s. Name a file, or leave serving.rules empty."
              .formatted(path, e),
          e);
    }
  }

  /** The rules of a text; see {@link #read}. */
  Rules parse(String text) {
    List<String> problems = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        rule(i + 1, line, problems).ifPresent(rules::add);
      }
    }
    repeated(rules, problems);
    contradicted(rules, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(refusal(problems));
    }
    return new Rules(rules);
  }

  private String refusal(List<String> problems) {
    int more = problems.size() - MOST_PROBLEMS;
    return "Rules %s are refused, none of them applies:%n  %s%s"
        .formatted(
            path,
            String.join(
                System.lineSeparator() + "  ",
                problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))),
            more > 0 ? "%n  and %d more".formatted(more) : "");
  }

  private static Optional<Rule> rule(int number, String line, List<String> problems) {
    String verb = line.split("\\s", 2)[0];
    String argument = line.substring(verb.length()).strip();
    Optional<RuleKind> kind = RuleKind.of(verb);
    if (kind.isEmpty()) {
      problems.add(
          "line %d: '%s', expected one of: %s. A comment begins with #."
              .formatted(number, verb, RuleKind.forms()));
      return Optional.empty();
    }
    return kind.get() == RuleKind.PIN
        ? pin(number, argument, problems)
        : plain(number, kind.get(), argument, problems);
  }

  private static Optional<Rule> plain(
      int number, RuleKind kind, String argument, List<String> problems) {
    if (kind.bare()) {
      if (!argument.isEmpty()) {
        problems.add(
            "line %d: '%s' behind %s, expected nothing. Write the words behind %s."
                .formatted(number, argument, kind.verb(), RuleKind.KEEP.verb()));
        return Optional.empty();
      }
    } else if (!usable(number, kind, argument, problems)) {
      return Optional.empty();
    }
    return Optional.of(new Rule(number, kind, argument, Optional.empty()));
  }

  private static Optional<Rule> pin(int number, String argument, List<String> problems) {
    String[] sides = argument.split(ARROW, -1);
    if (sides.length != 2) {
      problems.add(
          "line %d: %d arrows, expected %s. Write one %s between query and rewrite."
              .formatted(number, sides.length - 1, RuleKind.PIN.form(), ARROW));
      return Optional.empty();
    }
    String query = sides[0].strip();
    String rewrite = sides[1].strip();
    if (!usable(number, RuleKind.PIN, query, problems)
        || !usable(number, RuleKind.PIN, rewrite, problems)) {
      return Optional.empty();
    }
    if (Words.of(query).equals(Words.of(rewrite))) {
      problems.add(
          "line %d: the rewrite repeats the query '%s', expected another text. Write %s to have it searched as typed."
              .formatted(number, query, RuleKind.NEVER_REWRITE.form()));
      return Optional.empty();
    }
    return Optional.of(new Rule(number, RuleKind.PIN, query, Optional.of(rewrite)));
  }

  private static boolean usable(int number, RuleKind kind, String text, List<String> problems) {
    if (Words.of(text).isEmpty()) {
      problems.add(
          "line %d: '%s' has no letter and no digit, expected %s. Add the words, or delete the line."
              .formatted(number, text, kind.form()));
      return false;
    }
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          "line %d: a text of %d characters, expected at most %d. Shorten it."
              .formatted(number, text.length(), MOST_CHARACTERS));
      return false;
    }
    return true;
  }

  private static void repeated(List<Rule> rules, List<String> problems) {
    Map<List<Object>, Rule> first = new HashMap<>();
    for (Rule rule : rules) {
      Rule earlier = first.putIfAbsent(rule.subject(), rule);
      if (earlier != null) {
        problems.add(
            "line %d: '%s' is decided by line %d already, expected one rule. Delete one of them."
                .formatted(
                    rule.line(),
                    (rule.kind().verb() + ' ' + rule.argument()).strip(),
                    earlier.line()));
      }
    }
  }

  /** A pin holds always, so it may not be what another rule forbids. */
  private static void contradicted(List<Rule> rules, List<String> problems) {
    Rules all = new Rules(rules);
    for (Rule rule : rules) {
      rule.rewrite()
          .flatMap(rewrite -> all.refusal(rule.argument(), rewrite))
          .ifPresent(
              refusal ->
                  problems.add(
                      "line %d: the rule `%s` forbids this rewrite, expected one that every rule allows. Change one of the two."
                          .formatted(rule.line(), refusal.rule())));
    }
  }
}
