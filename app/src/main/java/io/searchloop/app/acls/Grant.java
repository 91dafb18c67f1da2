package io.searchloop.app.acls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Operations on one resource of Kafka, or on all whose names begin alike.
 *
 * @param resource kind of resource
 * @param name its name, or how the names begin
 * @param pattern whether it is the name or its beginning
 * @param operations what is allowed; some imply DESCRIBE
 */
public record Grant(
    ResourceType resource, String name, PatternType pattern, List<AclOperation> operations) {
  /** What Kafka calls its cluster. */
  private static final String CLUSTER = "kafka-cluster";

  public Grant {
    operations = List.copyOf(operations);
  }

  static Grant topic(String name, AclOperation... operations) {
    return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, List.of(operations));
  }

  static Grant topics(String beginning, AclOperation... operations) {
    return new Grant(ResourceType.TOPIC, beginning, PatternType.PREFIXED, List.of(operations));
  }

  static Grant group(String name, AclOperation... operations) {
    return new Grant(ResourceType.GROUP, name, PatternType.LITERAL, List.of(operations));
  }

  static Grant transactions(String beginning) {
    return new Grant(
        ResourceType.TRANSACTIONAL_ID,
        beginning,
        PatternType.PREFIXED,
        List.of(AclOperation.WRITE, AclOperation.DESCRIBE));
  }

  static Grant cluster(AclOperation... operations) {
    return new Grant(ResourceType.CLUSTER, CLUSTER, PatternType.LITERAL, List.of(operations));
  }

  /** The resource as people read it: {@code topic search.events.v1}, {@code topic search.*}. */
  public String words() {
    String kind = resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return resource == ResourceType.CLUSTER
        ? kind
        : kind + " `" + name + (pattern == PatternType.PREFIXED ? "*" : "") + "`";
  }

  /** The operations as people read them. */
  public String operationWords() {
    return operations.stream()
        .map(operation -> operation.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  /** What {@code kafka-acls.sh} takes for it. */
  String arguments() {
    String which =
        resource == ResourceType.CLUSTER
            ? "--cluster"
            : "--%s %s --resource-pattern-type %s"
                .formatted(
                    resource.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    name,
                    pattern.name().toLowerCase(Locale.ROOT));
    return operations.stream()
            .map(operation -> "--operation " + camel(operation))
            .collect(Collectors.joining(" "))
        + " "
        + which;
  }

  private static String camel(AclOperation operation) {
    return Arrays.stream(operation.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
