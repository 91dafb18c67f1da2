package io.searchloop.app.acls;

import static io.searchloop.app.acls.Grant.cluster;
import static io.searchloop.app.acls.Grant.group;
import static io.searchloop.app.acls.Grant.topic;
import static io.searchloop.app.acls.Grant.topics;
import static io.searchloop.app.acls.Grant.transactions;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.streams.ServingConfig;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import io.searchloop.trainer.publish.PolicyPublisher;
import java.util.ArrayList;
import java.util.List;

/**
 * The rights of every component, for brokers with an authorizer. A component may read what its part
 * of the flow reads and write what it writes: one that is taken over can neither release a policy
 * nor decide about one, unless that is what it is for.
 */
public final class AclPlan {
  /** What users' names begin with unless told otherwise. */
  public static final String PREFIX = "searchloop-";

  private static final String OURS = "searchloop-";

  private static final List<Topic<?>> READ_BY_PEOPLE =
      Topics.ALL.stream()
          .filter(topic -> topic != Topics.POLICY_CONTROL && topic != Topics.REWARD_CONFIG)
          .toList();

  /** All components, in the order of the flow. */
  public static final List<ComponentAcls> COMPONENTS =
      List.of(
          setup(),
          storefront(),
          worker(),
          orders(),
          rewardJob(),
          engineRewardJob(),
          minibatchJob(),
          healthJob(),
          trainer(),
          operator());

  private AclPlan() {}

  private static ComponentAcls setup() {
    return new ComponentAcls(
        "setup",
        "`init`, `doctor`",
        List.of(
            topics("catalogue.", CREATE, DESCRIBE, DESCRIBE_CONFIGS),
            topics("search.", CREATE, DESCRIBE, DESCRIBE_CONFIGS),
            topics("learning.", CREATE, DESCRIBE, DESCRIBE_CONFIGS),
            topics("policy.", CREATE, DESCRIBE, DESCRIBE_CONFIGS),
            topic(Topics.PRODUCTS.name(), READ, WRITE),
            topic(Topics.REWARD_CONFIG.name(), READ, WRITE),
            topics("searchloop-doctor-", CREATE, WRITE, DELETE),
            transactions("searchloop-doctor-"),
            cluster(DESCRIBE_CONFIGS)));
  }

  private static ComponentAcls storefront() {
    return new ComponentAcls(
        "storefront", "the producer of a shop", List.of(topic(Topics.EVENTS.name(), WRITE)));
  }

  private static ComponentAcls worker() {
    String counting = ConfigBinder.defaults(ServingConfig.class).applicationId();
    return new ComponentAcls(
        "worker",
        "workers",
        List.of(
            topic(Topics.PRODUCTS.name(), READ),
            topic(Topics.POLICY_RELEASES.name(), READ),
            topic(Topics.POLICY_CHUNKS.name(), READ),
            topic(Topics.POLICY_CONTROL.name(), READ),
            topic(Topics.DECISIONS.name(), READ, WRITE),
            topic(Topics.EVENTS.name(), WRITE),
            topic(Topics.DEAD_LETTERS.name(), WRITE),
            topic(Topics.HEAD_SLATES.name(), READ, WRITE),
            topics(counting + "-", CREATE, READ, WRITE, DELETE, DESCRIBE_CONFIGS),
            group(counting, READ)));
  }

  private static ComponentAcls orders() {
    return new ComponentAcls(
        "worker-orders",
        "workers with `serving.control-over-http`, beside the rights of workers",
        List.of(topic(Topics.POLICY_CONTROL.name(), WRITE)));
  }

  private static ComponentAcls rewardJob() {
    return new ComponentAcls(
        "reward-job",
        "reward job",
        List.of(
            topic(Topics.DECISIONS.name(), READ),
            topic(Topics.EVENTS.name(), READ),
            topic(Topics.REWARD_CONFIG.name(), READ),
            topic(Topics.REWARDS.name(), WRITE),
            topic(Topics.DEAD_LETTERS.name(), WRITE),
            topic(Topics.LEDGER.name(), WRITE),
            group(OURS + RewardJob.NAME, READ),
            transactions(OURS + Topics.REWARDS.name()),
            transactions(OURS + Topics.DEAD_LETTERS.name()),
            transactions(OURS + Topics.LEDGER.name())));
  }

  private static ComponentAcls engineRewardJob() {
    return new ComponentAcls(
        "engine-reward-job",
        "engine reward job",
        List.of(
            topic(Topics.DECISIONS.name(), READ),
            topic(Topics.REWARD_CONFIG.name(), READ),
            topic(Topics.PRODUCTS.name(), READ),
            topic(Topics.REWARDS.name(), WRITE),
            topic(Topics.DEAD_LETTERS.name(), WRITE),
            topic(Topics.LEDGER.name(), WRITE),
            group(OURS + EngineRewardJob.NAME, READ),
            transactions(OURS + EngineRewardJob.NAME + "-")));
  }

  private static ComponentAcls minibatchJob() {
    return new ComponentAcls(
        "minibatch-job",
        "minibatch job",
        List.of(
            topic(Topics.REWARDS.name(), READ),
            topic(Topics.MINIBATCHES.name(), WRITE),
            group(OURS + MinibatchJob.NAME, READ),
            transactions(OURS + Topics.MINIBATCHES.name())));
  }

  private static ComponentAcls healthJob() {
    return new ComponentAcls(
        "policy-health-job",
        "policy health job",
        List.of(
            topic(Topics.POLICY_RELEASES.name(), READ),
            topic(Topics.POLICY_CONTROL.name(), READ, WRITE),
            topic(Topics.DECISIONS.name(), READ),
            topic(Topics.REWARDS.name(), READ),
            group(OURS + PolicyHealthJob.NAME, READ)));
  }

  private static ComponentAcls trainer() {
    return new ComponentAcls(
        "trainer",
        "trainer, `policy prune`",
        List.of(
            topic(Topics.MINIBATCHES.name(), READ),
            topic(Topics.POLICY_RELEASES.name(), READ, WRITE),
            topic(Topics.POLICY_CHUNKS.name(), READ, WRITE),
            topic(Topics.POLICY_CONTROL.name(), READ),
            topic(Topics.METRICS.name(), WRITE),
            group(KafkaMinibatchSource.GROUP, READ),
            transactions(PolicyPublisher.TRANSACTIONAL_ID)));
  }

  private static ComponentAcls operator() {
    List<Grant> grants = new ArrayList<>();
    READ_BY_PEOPLE.forEach(topic -> grants.add(topic(topic.name(), READ)));
    grants.add(topic(Topics.POLICY_CONTROL.name(), READ, WRITE));
    grants.add(topic(Topics.REWARD_CONFIG.name(), READ, WRITE));
    grants.add(group(OURS + MinibatchJob.NAME, DESCRIBE));
    grants.add(group(KafkaMinibatchSource.GROUP, DESCRIBE));
    return new ComponentAcls(
        "operator", "console, `policy`, `reward`, `trace`, `audit`, `rewrites`", grants);
  }

  /** The table of docs/security.md. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| user | resource | operations |\n|---|---|---|\n");
    for (ComponentAcls component : COMPONENTS) {
      String user = "`" + component.component() + "`: " + component.does();
      for (Grant grant : component.grants()) {
        table.append("| %s | %s | %s |%n".formatted(user, grant.words(), grant.operationWords()));
        user = "";
      }
    }
    return table.toString();
  }
}
