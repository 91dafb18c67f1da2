package io.searchloop.app.launcher;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

/**
 * The rules of a schema registry: equal schemas share an id, a version joins its subject only when
 * it is compatible with those before it, and nothing is known before it is on the log. Thread-safe:
 * one lock, since registrations are rare and look-ups are cached by every client.
 */
final class SchemaRegistry {
  private final SchemaLog log;
  private final SchemaStore store = new SchemaStore();
  private RegistryMode mode = RegistryMode.READWRITE;

  SchemaRegistry(SchemaLog log) {
    this.log = log;
    log.replayInto(store);
  }

  synchronized List<String> subjects() {
    return store.subjects();
  }

  /** Adds a schema to a subject, unless it has it already, and returns its id. */
  synchronized int register(String subject, String schemaText) {
    AvroSchema schema = parse(schemaText);
    String canonical = schema.canonicalString();
    List<RegisteredSchema> versions = store.versions(subject);
    Optional<RegisteredSchema> known = find(versions, canonical);
    if (known.isPresent()) {
      return known.get().id();
    }
    List<String> problems = conflicts(subject, schema, versions);
    if (!problems.isEmpty()) {
      throw RegistryException.incompatible(subject, problems);
    }
    int version = versions.isEmpty() ? 1 : last(versions).version() + 1;
    RegisteredSchema added =
        new RegisteredSchema(subject, version, store.idFor(canonical), canonical);
    log.append(added);
    store.add(added);
    return added.id();
  }

  /** What may be written. */
  synchronized RegistryMode mode() {
    return mode;
  }

  /** Says what may be written, until the process ends: an import is a step, not a state to keep. */
  synchronized RegistryMode setMode(String name) {
    RegistryMode wanted =
        RegistryMode.of(name).orElseThrow(() -> RegistryException.invalidMode(name));
    if (wanted == RegistryMode.IMPORT && !store.subjects().isEmpty()) {
      throw RegistryException.notPermitted(
          "Cannot import since found existing subjects " + store.subjects());
    }
    mode = wanted;
    return mode;
  }

  /** Takes a version of a subject in as another registry had it. */
  synchronized int restore(RegisteredSchema wanted) {
    if (mode != RegistryMode.IMPORT) {
      throw RegistryException.notPermitted(
          "Subject %s is in mode %s, which gives ids by itself, expected IMPORT"
              .formatted(wanted.subject(), mode));
    }
    String canonical = parse(wanted.schema()).canonicalString();
    RegisteredSchema schema =
        new RegisteredSchema(wanted.subject(), wanted.version(), wanted.id(), canonical);
    boolean taken = store.text(schema.id()).filter(text -> !text.equals(canonical)).isPresent();
    boolean differs =
        store.versions(schema.subject()).stream()
            .anyMatch(known -> known.version() == schema.version() && !known.equals(schema));
    if (taken || differs) {
      throw RegistryException.notPermitted(
          "Overwrite new schema with id %d is not permitted".formatted(schema.id()));
    }
    log.append(schema);
    store.add(schema);
    return schema.id();
  }

  /** The version of a subject that has this schema. */
  synchronized RegisteredSchema lookUp(String subject, String schemaText) {
    return find(versions(subject), parse(schemaText).canonicalString())
        .orElseThrow(() -> RegistryException.schemaNotFound("of subject '" + subject + "'"));
  }

  /** All versions of a subject, oldest first. */
  synchronized List<RegisteredSchema> versions(String subject) {
    List<RegisteredSchema> versions = store.versions(subject);
    if (versions.isEmpty()) {
      throw RegistryException.subjectNotFound(subject);
    }
    return versions;
  }

  /**
   * One version of a subject.
   *
   * @param version a number from 1, {@code latest}, or -1 for the same
   */
  synchronized RegisteredSchema version(String subject, String version) {
    List<RegisteredSchema> versions = versions(subject);
    if (isLatest(version)) {
      return last(versions);
    }
    int number = number(version);
    return versions.stream()
        .filter(schema -> schema.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryException.versionNotFound(version));
  }

  synchronized String schema(int id) {
    return store.text(id).orElseThrow(() -> RegistryException.schemaNotFound("" + id));
  }

  synchronized List<RegisteredSchema> usesOf(int id) {
    schema(id);
    return store.usesOf(id);
  }

  /** Why a schema may not join a subject that has at most this one version; empty when it may. */
  synchronized List<String> conflictsWith(String subject, String version, String schemaText) {
    boolean nothingYet = isLatest(version) && store.versions(subject).isEmpty();
    return conflicts(
        subject, parse(schemaText), nothingYet ? List.of() : List.of(version(subject, version)));
  }

  /** Why a schema may not join a subject; empty when it may. */
  synchronized List<String> conflictsWithAll(String subject, String schemaText) {
    return conflicts(subject, parse(schemaText), store.versions(subject));
  }

  /** The level that rules a subject, or all subjects when empty. */
  synchronized CompatibilityLevel effectiveLevel(Optional<String> subject) {
    return store
        .level(subject)
        .or(() -> store.level(Optional.empty()))
        .orElse(SchemaStore.DEFAULT_LEVEL);
  }

  /** The level set for this very subject. */
  synchronized CompatibilityLevel ownLevel(String subject) {
    return store
        .level(Optional.of(subject))
        .orElseThrow(() -> RegistryException.compatibilityNotConfigured(subject));
  }

  synchronized CompatibilityLevel setLevel(Optional<String> subject, String name) {
    CompatibilityLevel level = CompatibilityLevel.forName(name);
    if (level == null) {
      throw RegistryException.invalidLevel(name);
    }
    log.append(subject, Optional.of(level));
    store.setLevel(subject, Optional.of(level));
    return level;
  }

  /** Forgets the level of a subject and returns what it was. */
  synchronized CompatibilityLevel clearLevel(String subject) {
    CompatibilityLevel level = ownLevel(subject);
    log.append(Optional.of(subject), Optional.empty());
    store.setLevel(Optional.of(subject), Optional.empty());
    return level;
  }

  private List<String> conflicts(
      String subject, AvroSchema schema, List<RegisteredSchema> versions) {
    List<ParsedSchemaHolder> earlier =
        versions.stream()
            .<ParsedSchemaHolder>map(v -> new SimpleParsedSchemaHolder(parse(v.schema())))
            .toList();
    return schema.isCompatible(effectiveLevel(Optional.of(subject)), earlier);
  }

  private static Optional<RegisteredSchema> find(List<RegisteredSchema> versions, String text) {
    return versions.stream().filter(version -> version.schema().equals(text)).findFirst();
  }

  private static AvroSchema parse(String text) {
    try {
      boolean checkDefaults = true;
      return new AvroSchema(text, List.of(), Map.of(), null, checkDefaults);
    } catch (AvroRuntimeException e) {
      throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isLatest(String version) {
    return version.equals("latest") || version.equals("-1");
  }

  private static int number(String version) {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number that is too small.
    }
    throw RegistryException.invalidVersion(version);
  }

  private static RegisteredSchema last(List<RegisteredSchema> versions) {
    return versions.get(versions.size() - 1);
  }
}
