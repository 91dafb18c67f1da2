package io.searchloop.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.searchloop.schemas.Topic;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where serdes come from: the registry's address and whether schemas are registered on first write.
 * Serializable, so that Flink operators can open their own client.
 *
 * @param registryUrl base address of a Confluent-compatible schema registry
 * @param registerSchemas register missing schemas; the embedded loop does, production should not
 */
public record Serdes(String registryUrl, boolean registerSchemas) implements Serializable {
  private static final int CACHED_SCHEMAS = 1000;

  /** A flood of records with an unknown schema id must not become a flood of requests. */
  private static final Map<String, Object> CLIENT = Map.of("missing.id.cache.ttl.sec", 5L);

  /** A new client of the registry. */
  public SchemaRegistryClient client() {
    return new CachedSchemaRegistryClient(
        List.of(registryUrl), CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), CLIENT);
  }

  /** Serde of a topic with a client of its own. */
  public <V extends SpecificRecord> AvroSerde<V> of(Topic<V> topic) {
    return new AvroSerde<>(topic, client(), registerSchemas);
  }
}
