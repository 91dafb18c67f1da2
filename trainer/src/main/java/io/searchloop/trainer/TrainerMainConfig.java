package io.searchloop.trainer;

import io.searchloop.schemas.config.Setting;

/**
 * Where a stand-alone trainer finds things, keys {@code main.*}.
 *
 * @param bootstrapServers Kafka brokers
 * @param registryUrl schema registry
 * @param registerSchemas register missing schemas; off in production
 * @param clientConfig file with what Kafka and registry ask of clients; empty for the one that the
 *     environment names, or none
 * @param warmStart directory of the warm start
 * @param checkpoints directory of checkpoints
 */
public record TrainerMainConfig(
    @Setting(value = "127.0.0.1:9092", help = "Kafka brokers") String bootstrapServers,
    @Setting(value = "http://127.0.0.1:8082", help = "schema registry") String registryUrl,
    @Setting(value = "false", help = "register missing schemas") boolean registerSchemas,
    @Setting(
            value = "",
            help = "file of TLS, SASL and registry settings; empty: of the environment")
        String clientConfig,
    @Setting(value = "data/warm-start", help = "directory of the warm start") String warmStart,
    @Setting(value = "data/checkpoints", help = "directory of checkpoints") String checkpoints) {}
