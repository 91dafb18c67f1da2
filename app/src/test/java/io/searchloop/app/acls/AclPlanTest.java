package io.searchloop.app.acls;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.deploy.Repository;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclPlanTest {
  private static final String COMMAND =
      "./mvnw -pl app -am test -Dtest=AclPlanTest -Dsearchloop.write-docs=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void thePageHasTheTable() throws IOException {
    Path page = Repository.ROOT.resolve("docs/security.md");
    if (Boolean.getBoolean("searchloop.write-docs")) {
      String written =
          Files.readString(page)
              .replaceFirst(
                  "(?s)\\| user \\| resource .*?\n(?=\n)",
                  Matcher.quoteReplacement(AclPlan.markdown()));
      Files.writeString(page, written);
    }

    assertThat(Files.readString(page))
        .as("docs/security.md is not what the code says. Write it again: " + COMMAND)
        .contains(AclPlan.markdown());
  }

  @Test
  void onlyTheTrainerReleasesAndOnlyOperatorsAndTheHealthJobDecide() {
    assertThat(writers(Topics.POLICY_RELEASES)).containsExactly("trainer");
    assertThat(writers(Topics.POLICY_CHUNKS)).containsExactly("trainer");
    assertThat(writers(Topics.POLICY_CONTROL))
        .containsExactlyInAnyOrder("worker-orders", "policy-health-job", "operator");
    assertThat(writers(Topics.REWARD_CONFIG)).containsExactlyInAnyOrder("setup", "operator");
  }

  @Test
  void everyTopicIsWrittenAndReadBySomebody() {
    for (Topic<?> topic : Topics.ALL) {
      assertThat(writers(topic)).as(topic.name()).isNotEmpty();
    }
  }

  @Test
  void commandsAreThoseOfKafka() {
    ComponentAcls worker =
        AclPlan.COMPONENTS.stream()
            .filter(each -> each.component().equals("worker"))
            .findFirst()
            .orElseThrow();

    assertThat(worker.commands("shop-"))
        .contains(
            "kafka-acls.sh $KAFKA --add --allow-principal User:shop-worker --operation Read"
                + " --operation Write --topic search.decisions.v1 --resource-pattern-type literal",
            "kafka-acls.sh $KAFKA --add --allow-principal User:shop-worker --operation Create"
                + " --operation Read --operation Write --operation Delete --operation"
                + " DescribeConfigs --topic searchloop-serving- --resource-pattern-type prefixed");
  }

  private static List<String> writers(Topic<?> topic) {
    return AclPlan.COMPONENTS.stream()
        .filter(
            each ->
                each.grants().stream()
                    .filter(grant -> grant.resource() == ResourceType.TOPIC)
                    .filter(grant -> grant.name().equals(topic.name()))
                    .flatMap(grant -> grant.operations().stream())
                    .collect(Collectors.toSet())
                    .containsAll(Set.of(AclOperation.WRITE)))
        .map(ComponentAcls::component)
        .toList();
  }
}
