package io.searchloop.streams.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kinds of rules. Their verb begins a line of the file, their label counts what they did. */
public enum RuleKind {
  /** Words of a query that each rewrite of it must have too: brands, or what sells. */
  KEEP("WORDS"),
  /** The same for every word that looks like a model number. */
  KEEP_MODEL_NUMBERS(""),
  /** Words that no rewrite may have. */
  BLOCK("WORDS"),
  /** A text that may not be a rewrite as a whole. */
  BLOCK_REWRITE("TEXT"),
  /** A query whose rewrite is always the same. */
  PIN("QUERY => REWRITE"),
  /** A query that is always searched as typed. */
  NEVER_REWRITE("QUERY");

  private final String argument;

  RuleKind(String argument) {
    this.argument = argument;
  }

  /** Name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** First word of its lines. */
  String verb() {
    return label().replace('_', '-');
  }

  /** A line as it is to be written. */
  String form() {
    return argument.isEmpty() ? verb() : verb() + ' ' + argument;
  }

  /** Whether nothing may follow its verb. */
  boolean bare() {
    return argument.isEmpty();
  }

  static Optional<RuleKind> of(String verb) {
    return Arrays.stream(values()).filter(kind -> kind.verb().equals(verb)).findFirst();
  }

  /** Every form, for people who wrote another. */
  static String forms() {
    return Arrays.stream(values()).map(RuleKind::form).collect(Collectors.joining(", "));
  }
}
