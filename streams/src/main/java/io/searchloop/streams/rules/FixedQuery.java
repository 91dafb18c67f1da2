package io.searchloop.streams.rules;

import java.util.Optional;

/**
 * What a shop has decided for one query, so that no policy is asked.
 *
 * @param kind how it is counted
 * @param rewrite what is always searched with the query; empty when it is searched as typed
 */
public record FixedQuery(RuleKind kind, Optional<String> rewrite) {}
