package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.acls.ComponentAcls;
import io.searchloop.app.acls.Grant;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** What is listed for a component, and what the broker allows it. */
final class ListedRights {
  private ListedRights() {}

  static boolean literalTopic(Grant grant) {
    return grant.resource() == ResourceType.TOPIC && grant.pattern() == PatternType.LITERAL;
  }

  static Topic<?> topic(String name) {
    return Topics.ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** A topic that it reads; none where it reads none. */
  static String read(ComponentAcls component) {
    return component.grants().stream()
        .filter(grant -> literalTopic(grant) && grant.operations().contains(AclOperation.READ))
        .map(Grant::name)
        .findFirst()
        .orElse("none");
  }

  static Set<AclOperation> listed(ComponentAcls component, String topic) {
    Set<AclOperation> listed = EnumSet.noneOf(AclOperation.class);
    component.grants().stream()
        .filter(grant -> grant.resource() == ResourceType.TOPIC)
        .filter(
            grant ->
                grant.pattern() == PatternType.LITERAL
                    ? grant.name().equals(topic)
                    : topic.startsWith(grant.name()))
        .forEach(grant -> listed.addAll(grant.operations()));
    if (listed.contains(AclOperation.READ) || listed.contains(AclOperation.WRITE)) {
      listed.add(AclOperation.DESCRIBE);
    }
    return listed;
  }

  /** What the broker allows the one who asks; nothing where it does not even show the topic. */
  static Set<AclOperation> allowed(KafkaFuture<TopicDescription> topic) throws Exception {
    try {
      return EnumSet.copyOf(topic.get().authorizedOperations());
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
      return Set.of();
    }
  }
}
