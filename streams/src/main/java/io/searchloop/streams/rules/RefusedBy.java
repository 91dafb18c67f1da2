package io.searchloop.streams.rules;

/**
 * The rule that keeps a text from being searched.
 *
 * @param kind how it is counted
 * @param rule as it stands in the file, for people who wonder
 */
public record RefusedBy(RuleKind kind, String rule) {}
