package io.searchloop.jobs.intake;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import java.util.function.Function;

/**
 * Reads the values of decisions and configurations once more, where they are worked off. Each task
 * opens its own, because registry clients do not serialize.
 *
 * @param decisions bytes to decision
 * @param configs bytes to reward configuration
 */
public record RecordReaders(
    Function<byte[], Decision> decisions, Function<byte[], RewardConfig> configs) {}
