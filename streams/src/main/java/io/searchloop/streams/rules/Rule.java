package io.searchloop.streams.rules;

import io.searchloop.policy.rewrite.QueryText;
import java.util.List;
import java.util.Optional;

/**
 * One line of a file.
 *
 * @param line number from one
 * @param argument what follows the verb, or precedes the arrow; empty for a bare verb
 * @param rewrite what follows the arrow
 */
record Rule(int line, RuleKind kind, String argument, Optional<String> rewrite) {

  /** The query that it decides, in normal form; empty for a rule of every query. */
  Optional<String> query() {
    return kind == RuleKind.PIN || kind == RuleKind.NEVER_REWRITE
        ? Optional.of(QueryText.normalise(argument))
        : Optional.empty();
  }

  /** Two rules with the same subject repeat or contradict each other. */
  List<Object> subject() {
    return query().isPresent() ? List.of(query().get()) : List.of(kind, Words.of(argument));
  }
}
