package io.searchloop.app.launcher;

import io.searchloop.app.launcher.RegistryRoute.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Confluent's clients may ask and how the answers look; {@link #routes} is the whole
 * interface. Knows no HTTP server.
 */
final class RegistryApi {
  private final SchemaRegistry registry;

  RegistryApi(SchemaRegistry registry) {
    this.registry = registry;
  }

  List<RegistryRoute> routes() {
    return List.of(
        RegistryRoute.of("GET", "/", call -> Map.of()),
        RegistryRoute.of("GET", "/subjects", call -> registry.subjects()),
        RegistryRoute.of("POST", "/subjects/*", this::lookUp),
        RegistryRoute.of("GET", "/subjects/*/versions", this::versions),
        RegistryRoute.of("POST", "/subjects/*/versions", this::register),
        RegistryRoute.of("GET", "/subjects/*/versions/*", this::version),
        RegistryRoute.of("GET", "/schemas/types", call -> List.of("AVRO")),
        RegistryRoute.of("GET", "/schemas/ids/*", this::schema),
        RegistryRoute.of("GET", "/schemas/ids/*/subjects", this::subjectsOfSchema),
        RegistryRoute.of("GET", "/schemas/ids/*/versions", this::versionsOfSchema),
        RegistryRoute.of("POST", "/compatibility/subjects/*/versions", this::compareWithAll),
        RegistryRoute.of("POST", "/compatibility/subjects/*/versions/*", this::compareWithOne),
        RegistryRoute.of("GET", "/config", this::level),
        RegistryRoute.of("PUT", "/config", this::setLevel),
        RegistryRoute.of("GET", "/config/*", this::levelOfSubject),
        RegistryRoute.of("PUT", "/config/*", this::setLevelOfSubject),
        RegistryRoute.of("DELETE", "/config/*", this::clearLevelOfSubject),
        RegistryRoute.of("GET", "/mode", call -> mode(registry.mode())),
        RegistryRoute.of("PUT", "/mode", call -> mode(registry.setMode(call.text("mode")))),
        RegistryRoute.of("GET", "/mode/*", call -> mode(registry.mode())));
  }

  private Object lookUp(Call call) {
    return registry.lookUp(call.subject(), call.schema());
  }

  private Object versions(Call call) {
    return registry.versions(call.subject()).stream().map(RegisteredSchema::version).toList();
  }

  private Object register(Call call) {
    int id = call.number("id");
    return Map.of(
        "id", id < 1 ? registry.register(call.subject(), call.schema()) : restore(call, id));
  }

  private int restore(Call call, int id) {
    int version = call.number("version");
    if (version < 1) {
      throw RegistryException.invalidVersion(Integer.toString(version));
    }
    return registry.restore(new RegisteredSchema(call.subject(), version, id, call.schema()));
  }

  private static Object mode(RegistryMode mode) {
    return Map.of("mode", mode);
  }

  private Object version(Call call) {
    return registry.version(call.subject(), call.version());
  }

  private Object schema(Call call) {
    return Map.of("schema", registry.schema(call.id()));
  }

  private Object subjectsOfSchema(Call call) {
    return registry.usesOf(call.id()).stream().map(RegisteredSchema::subject).distinct().toList();
  }

  private Object versionsOfSchema(Call call) {
    return registry.usesOf(call.id()).stream()
        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
        .toList();
  }

  private Object compareWithAll(Call call) {
    return verdict(call, registry.conflictsWithAll(call.subject(), call.schema()));
  }

  private Object compareWithOne(Call call) {
    return verdict(call, registry.conflictsWith(call.subject(), call.version(), call.schema()));
  }

  private static Object verdict(Call call, List<String> conflicts) {
    boolean compatible = conflicts.isEmpty();
    return call.flag("verbose")
        ? Map.of("is_compatible", compatible, "messages", conflicts)
        : Map.of("is_compatible", compatible);
  }

  private Object level(Call call) {
    return Map.of("compatibilityLevel", registry.effectiveLevel(Optional.empty()));
  }

  private Object setLevel(Call call) {
    String level = call.text("compatibility");
    return Map.of("compatibility", registry.setLevel(Optional.empty(), level));
  }

  private Object levelOfSubject(Call call) {
    return Map.of(
        "compatibilityLevel",
        call.flag("defaultToGlobal")
            ? registry.effectiveLevel(Optional.of(call.subject()))
            : registry.ownLevel(call.subject()));
  }

  private Object setLevelOfSubject(Call call) {
    String level = call.text("compatibility");
    return Map.of("compatibility", registry.setLevel(Optional.of(call.subject()), level));
  }

  private Object clearLevelOfSubject(Call call) {
    return Map.of("compatibilityLevel", registry.clearLevel(call.subject()));
  }
}
