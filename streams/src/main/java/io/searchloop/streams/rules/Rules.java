package io.searchloop.streams.rules;

import io.searchloop.policy.rewrite.QueryText;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of one file. They stand above the policy, and above the spelling checker: neither may
 * drop what must be kept, or say what is blocked. What a shopper types is never touched. Immutable;
 * any thread.
 */
public final class Rules {
  /** A shop that leaves everything to its policy. */
  public static final Rules NONE = new Rules(List.of());

  private final Phrases kept;
  private final Phrases blocked;
  private final Set<List<String>> blockedRewrites = new HashSet<>();
  private final Map<String, FixedQuery> fixed = new HashMap<>();
  private final boolean keepsModelNumbers;
  private final int size;

  /**
   * @param rules that do not contradict each other, see {@link RulesFile}
   */
  Rules(List<Rule> rules) {
    kept = new Phrases(words(rules, RuleKind.KEEP));
    blocked = new Phrases(words(rules, RuleKind.BLOCK));
    blockedRewrites.addAll(words(rules, RuleKind.BLOCK_REWRITE));
    rules.forEach(
        rule ->
            rule.query()
                .ifPresent(query -> fixed.put(query, new FixedQuery(rule.kind(), rule.rewrite()))));
    keepsModelNumbers = rules.stream().anyMatch(rule -> rule.kind() == RuleKind.KEEP_MODEL_NUMBERS);
    size = rules.size();
  }

  /** What is decided for a query, however it is spaced and capitalised. */
  public Optional<FixedQuery> fixed(String query) {
    return Optional.ofNullable(fixed.get(QueryText.normalise(query)));
  }

  /** The rule that keeps a rewrite or correction of a query from being searched. */
  public Optional<RefusedBy> refusal(String query, String rewrite) {
    List<String> words = Words.of(rewrite);
    return blocked(words)
        .or(() -> dropped(Words.of(query), words))
        .or(() -> droppedModelNumber(query, words));
  }

  /** The rule that keeps a text from being shown, whatever it was made from. */
  public Optional<RefusedBy> blocked(String text) {
    return blocked(Words.of(text));
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  private Optional<RefusedBy> blocked(List<String> words) {
    return blocked
        .in(words)
        .findFirst()
        .map(phrase -> refused(RuleKind.BLOCK, phrase))
        .or(
            () ->
                blockedRewrites.contains(words)
                    ? Optional.of(refused(RuleKind.BLOCK_REWRITE, words))
                    : Optional.empty());
  }

  private Optional<RefusedBy> dropped(List<String> query, List<String> rewrite) {
    return kept.in(query)
        .filter(phrase -> Collections.indexOfSubList(rewrite, phrase) < 0)
        .findFirst()
        .map(phrase -> refused(RuleKind.KEEP, phrase));
  }

  private Optional<RefusedBy> droppedModelNumber(String query, List<String> rewrite) {
    return keepsModelNumbers
            && Words.modelNumbers(query).stream().anyMatch(number -> !Words.spells(rewrite, number))
        ? Optional.of(refused(RuleKind.KEEP_MODEL_NUMBERS, List.of()))
        : Optional.empty();
  }

  private static RefusedBy refused(RuleKind kind, List<String> words) {
    return new RefusedBy(kind, (kind.verb() + ' ' + String.join(" ", words)).strip());
  }

  private static List<List<String>> words(List<Rule> rules, RuleKind kind) {
    return rules.stream()
        .filter(rule -> rule.kind() == kind)
        .map(rule -> Words.of(rule.argument()))
        .toList();
  }
}
