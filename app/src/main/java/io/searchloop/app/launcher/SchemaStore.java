package io.searchloop.app.launcher;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the registry knows, in memory: schemas by subject and version, by id and by text. Rebuilt
 * from {@link SchemaLog} on every start. Not thread-safe, guarded by {@link SchemaRegistry}.
 */
final class SchemaStore {
  /**
   * Every reader reads every writer, of all versions: any component may be updated first, and old
   * topics stay readable.
   */
  static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.FULL_TRANSITIVE;

  private final TreeMap<String, TreeMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
  private final Map<Integer, String> textOfId = new HashMap<>();
  private final Map<String, Integer> idOfText = new HashMap<>();
  private final Map<Optional<String>, CompatibilityLevel> levels = new HashMap<>();
  private int highestId;

  void add(RegisteredSchema schema) {
    subjects.computeIfAbsent(schema.subject(), s -> new TreeMap<>()).put(schema.version(), schema);
    textOfId.put(schema.id(), schema.schema());
    idOfText.putIfAbsent(schema.schema(), schema.id());
    highestId = Math.max(highestId, schema.id());
  }

  List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** Versions of a subject, oldest first; empty when it is unknown. */
  List<RegisteredSchema> versions(String subject) {
    return new ArrayList<>(subjects.getOrDefault(subject, new TreeMap<>()).values());
  }

  /** Every version of every subject that uses a schema. */
  List<RegisteredSchema> usesOf(int id) {
    return subjects.values().stream()
        .flatMap(versions -> versions.values().stream())
        .filter(schema -> schema.id() == id)
        .toList();
  }

  Optional<String> text(int id) {
    return Optional.ofNullable(textOfId.get(id));
  }

  /** Id the schema has, or would get. */
  int idFor(String text) {
    return idOfText.getOrDefault(text, highestId + 1);
  }

  /** Level set for a subject, or for all when empty; nothing when it was never set. */
  Optional<CompatibilityLevel> level(Optional<String> subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** Sets a level, or forgets it. */
  void setLevel(Optional<String> subject, Optional<CompatibilityLevel> level) {
    level.ifPresentOrElse(l -> levels.put(subject, l), () -> levels.remove(subject));
  }
}
