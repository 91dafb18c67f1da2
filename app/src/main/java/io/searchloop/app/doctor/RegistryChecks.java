package io.searchloop.app.doctor;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.AccessRemedy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.specific.SpecificData;

/** Whether a registry answers, guards compatibility, and takes the schemas of this version. */
final class RegistryChecks {
  private static final String LEVEL = "FULL_TRANSITIVE";

  private final SchemaRegistryClient registry;
  private final String url;

  RegistryChecks(SchemaRegistryClient registry, String url) {
    this.registry = registry;
    this.url = url;
  }

  List<Finding> findings() {
    try {
      Collection<String> subjects = registry.getAllSubjects();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("registry", url + ", " + subjects.size() + " subjects"));
      findings.add(level());
      findings.addAll(schemas(subjects));
      return findings;
    } catch (IOException | RestClientException e) {
      return List.of(
          Finding.problem(
              "registry",
              url + " does not answer as a schema registry: " + e.getMessage(),
              AccessRemedy.of(e)
                  .orElse(
                      "Start it, or correct --loop.registry; a proxy between must pass JSON"
                          + " through.")));
    }
  }

  private Finding level() throws IOException, RestClientException {
    String level = registry.getCompatibility(null);
    return level.equals(LEVEL)
        ? Finding.ok("registry compatibility", level)
        : Finding.warning(
            "registry compatibility",
            level + ", expected " + LEVEL,
            "Old records must stay readable: PUT {\"compatibility\": \""
                + LEVEL
                + "\"} to "
                + url
                + "/config.");
  }

  private List<Finding> schemas(Collection<String> subjects)
      throws IOException, RestClientException {
    List<Finding> findings = new ArrayList<>();
    int compatible = 0;
    List<String> missing = new ArrayList<>();
    for (Topic<?> topic : Topics.ALL) {
      if (!subjects.contains(topic.subject())) {
        missing.add(topic.subject());
      } else if (registry.testCompatibility(topic.subject(), schema(topic))) {
        compatible++;
      } else {
        findings.add(incompatible(topic));
      }
    }
    if (!missing.isEmpty()) {
      findings.add(
          Finding.warning(
              "registry schemas",
              missing.size() + " of " + Topics.ALL.size() + " are not registered: " + missing,
              "A loop registers them when it starts, before anything is written."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("registry schemas", compatible + " fit those of this version"));
    }
    return findings;
  }

  private static Finding incompatible(Topic<?> topic) {
    return Finding.problem(
        "registry schemas",
        "the schema of " + topic.subject() + " does not fit the one registered",
        "Run a version of Searchloop that fits this data, or another registry or topic prefix.");
  }

  private static AvroSchema schema(Topic<?> topic) {
    return new AvroSchema(
        SpecificData.getForClass(topic.valueClass()).getSchema(topic.valueClass()));
  }
}
