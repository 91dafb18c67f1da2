package io.searchloop.app.schemas;

/**
 * One version of a subject as a registry has it.
 *
 * @param subject what it describes: topic name and {@code -value}
 * @param version version within the subject, from 1
 * @param id what records name it by
 * @param schema Avro JSON
 */
public record KnownSchema(String subject, int version, int id, String schema) {
  public KnownSchema {
    if (subject.isBlank() || version < 1 || id < 1 || schema.isBlank()) {
      throw new IllegalArgumentException(
          "Schema of subject '%s' version %d id %d, expected a subject, numbers from 1 and a schema"
              .formatted(subject, version, id));
    }
  }
}
