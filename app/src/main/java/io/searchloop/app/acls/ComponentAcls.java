package io.searchloop.app.acls;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * What one component needs of Kafka, and no more.
 *
 * @param component end of its user's name
 * @param does who runs with it
 * @param grants its rights
 */
public record ComponentAcls(String component, String does, List<Grant> grants) {
  private static final String ANY_HOST = "*";

  public ComponentAcls {
    grants = List.copyOf(grants);
  }

  /** The user it signs in as. */
  public String principal(String prefix) {
    return "User:" + prefix + component;
  }

  /** Its rights as Kafka's admin client takes them. */
  public List<AclBinding> bindings(String prefix) {
    List<AclBinding> bindings = new ArrayList<>();
    for (Grant grant : grants) {
      for (AclOperation operation : grant.operations()) {
        bindings.add(
            new AclBinding(
                new ResourcePattern(grant.resource(), grant.name(), grant.pattern()),
                new AccessControlEntry(
                    principal(prefix), ANY_HOST, operation, AclPermissionType.ALLOW)));
      }
    }
    return bindings;
  }

  /** The same for a shell: {@code $KAFKA} says where brokers are and who asks. */
  public List<String> commands(String prefix) {
    return grants.stream()
        .map(
            grant ->
                "kafka-acls.sh $KAFKA --add --allow-principal %s %s"
                    .formatted(principal(prefix), grant.arguments()))
        .toList();
  }
}
