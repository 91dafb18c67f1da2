package io.searchloop.app.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of the registry's interface: method, path and what answers it.
 *
 * @param method HTTP method
 * @param path segments; {@code *} stands for a variable
 * @param action turns a call into the object sent back as JSON
 */
record RegistryRoute(String method, List<String> path, Function<Call, Object> action) {
  RegistryRoute {
    path = List.copyOf(path);
  }

  static RegistryRoute of(String method, String path, Function<Call, Object> action) {
    return new RegistryRoute(method, List.of(path.split("/")), action);
  }

  /** Values of the variables when the request is for this route. */
  Optional<List<String>> match(String requestMethod, List<String> segments) {
    if (!method.equals(requestMethod) || path.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equals("*")) {
        variables.add(segments.get(i));
      } else if (!path.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /**
   * A request that found its route.
   *
   * @param variables values of the path's variables, decoded
   * @param parameters query parameters
   * @param body JSON body; a missing node when there is none
   */
  record Call(List<String> variables, Map<String, String> parameters, JsonNode body) {
    Call {
      variables = List.copyOf(variables);
      parameters = Map.copyOf(parameters);
    }

    String subject() {
      return variables.get(0);
    }

    String version() {
      return variables.get(1);
    }

    int id() {
      try {
        return Integer.parseInt(variables.get(0));
      } catch (NumberFormatException e) {
        throw RegistryException.schemaNotFound(variables.get(0));
      }
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(parameters.get(name));
    }

    /** A text of the body that must be there. */
    String text(String field) {
      JsonNode value = body.path(field);
      if (!value.isTextual()) {
        throw RegistryException.malformedRequest("text field '" + field + "' missing in the body");
      }
      return value.textValue();
    }

    /** A whole number of the body; -1 when there is none. */
    int number(String field) {
      JsonNode value = body.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return -1;
      }
      if (!value.canConvertToInt()) {
        throw RegistryException.malformedRequest("field '" + field + "' is no whole number");
      }
      return value.intValue();
    }

    /** The Avro schema of the body; other kinds and references are refused. */
    String schema() {
      if (!body.path("schemaType").asText("AVRO").equals("AVRO")
          || !body.path("references").isEmpty()) {
        throw RegistryException.invalidSchema(
            "the embedded registry keeps Avro schemas without references only");
      }
      return text("schema");
    }
  }
}
