package io.searchloop.schemas.client;

import io.searchloop.schemas.config.Setting;
import io.searchloop.schemas.serde.Serdes;

/**
 * Where Kafka and the schema registry are, for a worker or a job on its own. Bound under {@code
 * kafka}.
 *
 * @param bootstrapServers addresses of Kafka
 * @param registryUrl address of the schema registry
 * @param registerSchemas register missing schemas; off in production
 * @param clientConfig file with what both ask of clients, see {@link ClientConfig}; empty for the
 *     one that the environment names, or none
 */
public record KafkaConfig(
    @Setting(value = "127.0.0.1:9092", help = "Kafka addresses") String bootstrapServers,
    @Setting(value = "http://127.0.0.1:8082", help = "schema registry address") String registryUrl,
    @Setting(value = "false", help = "register missing schemas; off in production")
        boolean registerSchemas,
    @Setting(
            value = "",
            help = "file of TLS, SASL and registry settings; empty: of the environment")
        String clientConfig) {

  /**
   * Brokers, with what they ask of clients.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException when the file is wrong
   */
  public Brokers brokers() {
    return ClientConfig.of(clientConfig).brokers(bootstrapServers);
  }

  /**
   * Serdes, with what the registry asks of clients.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException when the file is wrong
   */
  public Serdes serdes() {
    return ClientConfig.of(clientConfig).serdes(registryUrl, registerSchemas);
  }
}
