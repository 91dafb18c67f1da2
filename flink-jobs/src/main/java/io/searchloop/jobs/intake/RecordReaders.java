package io.searchloop.jobs.intake;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.util.function.Function;

/**
 * Reads the values of usable records once more, where they are worked off. Each task opens its own,
 * because registry clients do not serialize.
 *
 * @param decisions bytes to decision
 * @param events bytes to event
 * @param configs bytes to reward configuration
 */
public record RecordReaders(
    Function<byte[], Decision> decisions,
    Function<byte[], SearchEvent> events,
    Function<byte[], RewardConfig> configs) {}
