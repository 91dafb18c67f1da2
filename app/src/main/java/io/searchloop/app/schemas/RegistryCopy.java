package io.searchloop.app.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads all schemas of a registry, and gives an empty one those that another had. */
public final class RegistryCopy {
  private static final String IMPORT = "IMPORT";
  private static final String READWRITE = "READWRITE";

  private final SchemaRegistryClient registry;

  /**
   * @param registry client of a Confluent-compatible registry
   */
  public RegistryCopy(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  /** What can go wrong when a registry is asked. */
  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws IOException, RestClientException;
  }

  /** Everything it knows. */
  public SchemaBackup read() {
    return answer("tell its schemas", this::all);
  }

  /**
   * Gives it every schema of a backup under the ids and versions it had.
   *
   * @return schemas written; 0 when it had them all
   * @throws IllegalStateException when it knows others, since ids may be taken; nothing is written
   *     then
   */
  public int restore(SchemaBackup backup) {
    SchemaBackup found = read();
    if (found.schemas().equals(backup.schemas())) {
      return 0;
    }
    if (!found.schemas().isEmpty()) {
      throw new IllegalStateException(
          "The registry knows %d schemas, first %s, and they are not those of the file. Ids may be taken: stop what writes, empty the registry, and import again."
              .formatted(found.schemas().size(), found.schemas().get(0).subject()));
    }
    answer("go into mode IMPORT", () -> registry.setMode(IMPORT));
    try {
      for (KnownSchema schema : backup.schemas()) {
        write(schema);
      }
      answer("take its compatibility", () -> registry.updateCompatibility(null, backup.level()));
    } finally {
      answer("go back into mode READWRITE", () -> registry.setMode(READWRITE));
    }
    return backup.schemas().size();
  }

  private SchemaBackup all() throws IOException, RestClientException {
    List<KnownSchema> schemas = new ArrayList<>();
    for (String subject : registry.getAllSubjects()) {
      for (int version : registry.getAllVersions(subject)) {
        SchemaMetadata found = registry.getSchemaMetadata(subject, version);
        schemas.add(new KnownSchema(subject, version, found.getId(), found.getSchema()));
      }
    }
    return new SchemaBackup(SchemaBackup.FORMAT, registry.getCompatibility(null), schemas);
  }

  private void write(KnownSchema schema) {
    int id =
        answer(
            "take subject %s version %d".formatted(schema.subject(), schema.version()),
            () ->
                registry.register(
                    schema.subject(),
                    new AvroSchema(schema.schema()),
                    schema.version(),
                    schema.id()));
    if (id != schema.id()) {
      throw new IllegalStateException(
          "The registry gave subject %s version %d the id %d, expected %d. It does not import; use one that does."
              .formatted(schema.subject(), schema.version(), id, schema.id()));
    }
  }

  private static <T> T answer(String what, Asking<T> asking) {
    try {
      return asking.ask();
    } catch (RestClientException e) {
      throw new IllegalStateException(
          "The registry does not %s: %s".formatted(what, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The registry is not reachable: %s. Check --registry.".formatted(e.getMessage()), e);
    }
  }
}
