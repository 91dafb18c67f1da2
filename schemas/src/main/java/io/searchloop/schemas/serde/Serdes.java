package io.searchloop.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.searchloop.schemas.Topic;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where serdes come from: the registry's address and whether schemas are registered on first write.
 * Serializable, so that Flink operators can open their own client.
 *
 * @param registryUrl base address of a Confluent-compatible schema registry
 * @param registerSchemas register missing schemas; the embedded loop does, production should not
 * @param settings further settings of the registry's client by Confluent's names, such as who it
 *     is; see {@link io.searchloop.schemas.client.ClientConfig}
 */
public record Serdes(String registryUrl, boolean registerSchemas, Map<String, String> settings)
    implements Serializable {
  private static final int CACHED_SCHEMAS = 1000;

  /** A flood of records with an unknown schema id must not become a flood of requests. */
  private static final Map<String, Object> CLIENT = Map.of("missing.id.cache.ttl.sec", 5L);

  public Serdes {
    settings = Map.copyOf(settings);
  }

  /** Serdes of a registry that lets everybody in, as the embedded one does. */
  public Serdes(String registryUrl, boolean registerSchemas) {
    this(registryUrl, registerSchemas, Map.of());
  }

  /** A new client of the registry. */
  public SchemaRegistryClient client() {
    Map<String, Object> all = new HashMap<>(CLIENT);
    all.putAll(settings);
    return new CachedSchemaRegistryClient(
        List.of(registryUrl), CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), all);
  }

  /** Serde of a topic with a client of its own. */
  public <V extends SpecificRecord> AvroSerde<V> of(Topic<V> topic) {
    return new AvroSerde<>(topic, client(), registerSchemas);
  }

  /** Without settings, which may hold passwords. */
  @Override
  public String toString() {
    return "Serdes[" + registryUrl + ", registerSchemas=" + registerSchemas + "]";
  }
}
