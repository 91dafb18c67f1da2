package io.searchloop.app.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every schema of a registry. Equal registries have equal files.
 *
 * @param format version of the file's format
 * @param level compatibility of all subjects
 * @param schemas all versions of all subjects, by subject and version
 */
public record SchemaBackup(int format, String level, List<KnownSchema> schemas) {
  /** The format this code writes and reads. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * @throws IllegalArgumentException when one id stands for two schemas, or one version is there
   *     twice
   */
  public SchemaBackup {
    schemas =
        schemas.stream()
            .sorted(Comparator.comparing(KnownSchema::subject).thenComparing(KnownSchema::version))
            .toList();
    requireOneMeaning(schemas);
  }

  /** The file's bytes. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Schemas are always JSON", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SchemaBackup read(String name, byte[] json) {
    try {
      int format = JSON.readTree(json).path("format").asInt();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "%s: found format %d, expected %d. Name a file that `schemas export` wrote."
                .formatted(name, format, FORMAT));
      }
      return JSON.readValue(json, SchemaBackup.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: no readable schemas (%s). Name a file that `schemas export` wrote."
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private static void requireOneMeaning(List<KnownSchema> schemas) {
    Map<Integer, String> textOfId = new HashMap<>();
    Map<String, Integer> idOfVersion = new HashMap<>();
    for (KnownSchema schema : schemas) {
      String before = textOfId.putIfAbsent(schema.id(), schema.schema());
      if (before != null && !before.equals(schema.schema())) {
        throw new IllegalArgumentException(
            "Id %d stands for two schemas, expected one; subject %s has the second."
                .formatted(schema.id(), schema.subject()));
      }
      String version = schema.subject() + " version " + schema.version();
      if (idOfVersion.putIfAbsent(version, schema.id()) != null) {
        throw new IllegalArgumentException("%s is there twice.".formatted(version));
      }
    }
  }
}
