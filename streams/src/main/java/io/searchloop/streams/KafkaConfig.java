package io.searchloop.streams;

import io.searchloop.schemas.config.Setting;
import io.searchloop.schemas.serde.Serdes;

/** Where Kafka and the schema registry are, under {@code kafka}. */
public record KafkaConfig(
    @Setting(value = "127.0.0.1:9092", help = "Kafka addresses") String bootstrapServers,
    @Setting(value = "http://127.0.0.1:8081", help = "schema registry address") String registryUrl,
    @Setting(value = "false", help = "register missing schemas; off in production")
        boolean registerSchemas) {

  Serdes serdes() {
    return new Serdes(registryUrl, registerSchemas);
  }
}
