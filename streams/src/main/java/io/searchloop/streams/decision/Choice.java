package io.searchloop.streams.decision;

import io.searchloop.schemas.Decision;
import java.util.Optional;

/**
 * What a query became.
 *
 * @param decision the record to log
 * @param rewrite the rewrite to search with; empty to search as typed
 */
public record Choice(Decision decision, Optional<String> rewrite) {}
