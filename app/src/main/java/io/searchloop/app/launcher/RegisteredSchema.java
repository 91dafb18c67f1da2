package io.searchloop.app.launcher;

/**
 * One version of a subject, in the shape and order of Confluent's JSON.
 *
 * @param subject what the schema describes: topic name and {@code -value}
 * @param version version within the subject, from 1
 * @param id identity of the schema text, shared by all subjects that use it; goes into every record
 * @param schema canonical Avro JSON
 */
record RegisteredSchema(String subject, int version, int id, String schema) {
  RegisteredSchema {
    if (subject.isEmpty() || version < 1 || id < 1) {
      throw new IllegalArgumentException(
          "Registered schema names subject '"
              + subject
              + "', version "
              + version
              + ", id "
              + id
              + ", expected a subject and numbers from 1");
    }
  }
}
