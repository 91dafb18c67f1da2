package io.searchloop.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The schema of a custom resource, as far as such schemas go: a field it does not know, a type and
 * a value that are none of its own are problems.
 */
record CustomSchema(JsonNode root) {
  private static final String EITHER = "x-kubernetes-int-or-string";

  /** The schema in a definition's first version. */
  static CustomSchema of(JsonNode definition) {
    return new CustomSchema(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  List<String> problems(JsonNode resource) {
    List<String> problems = new ArrayList<>();
    check("spec", root.at("/properties/spec"), resource.path("spec"), problems);
    return problems;
  }

  private static void check(String at, JsonNode schema, JsonNode value, List<String> problems) {
    String type = schema.path("type").asText();
    boolean right =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> schema.path(EITHER).asBoolean() && (value.isTextual() || value.isInt());
        };
    if (!right) {
      problems.add(at + " is " + value + ", expected " + (type.isEmpty() ? schema : type));
      return;
    }
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray()
        && StreamSupport.stream(allowed.spliterator(), false).noneMatch(value::equals)) {
      problems.add(at + " is " + value + ", expected one of " + allowed);
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        problems.add(at + " has no " + required.asText());
      }
    }
    if (value.isArray()) {
      value.forEach(item -> check(at + "[]", schema.path("items"), item, problems));
    }
    if (value.isObject()) {
      value
          .fields()
          .forEachRemaining(
              field -> {
                String name = at + "." + field.getKey();
                JsonNode inner = schema.path("properties").path(field.getKey());
                inner = inner.isMissingNode() ? schema.path("additionalProperties") : inner;
                if (inner.isMissingNode()) {
                  problems.add(name + " is no field");
                } else {
                  check(name, inner, field.getValue(), problems);
                }
              });
    }
  }
}
