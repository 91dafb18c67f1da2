package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.jobs.fixtures.InMemory;
import io.searchloop.jobs.past.PastLessons;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class MinibatchJobTest {
  private final InMemory.Collected<Minibatch> minibatches = new InMemory.Collected<>();

  @Test
  void correctsAdvantagesOfEveryOriginToWhatTheFinalRewardsDeserve() throws Exception {
    List<RewardTuple> tuples = RandomTuples.of(5, 1_500);
    run(tuples, "1");

    Map<String, Double> finalRewards = finalRewards(tuples);
    Map<String, Double> advantages = new HashMap<>();
    for (RolloutGroup group : all(MinibatchKind.GROUPS, MinibatchKind.CORRECTIONS)) {
      group.getMembers().forEach(m -> advantages.merge(idOf(m), m.getAdvantage(), Double::sum));
    }
    Set<TupleOrigin> origins = EnumSet.noneOf(TupleOrigin.class);
    for (RolloutGroup group : all(MinibatchKind.GROUPS)) {
      origins.add(group.getOrigin());
      if (group.getOrigin() == TupleOrigin.SLATE) {
        continue; // the same rollouts are in many groups
      }
      double mean =
          group.getMembers().stream()
              .mapToDouble(m -> finalRewards.get(idOf(m)))
              .average()
              .orElseThrow();
      for (GroupMember member : group.getMembers()) {
        assertThat(advantages.get(idOf(member)))
            .isCloseTo(finalRewards.get(idOf(member)) - mean, within(1e-9));
      }
    }
    assertThat(origins)
        .containsExactlyInAnyOrder(
            TupleOrigin.ASSIGNED, TupleOrigin.SLATE, TupleOrigin.PAGE, TupleOrigin.ENGINE);
  }

  @Test
  void mixesNeitherKindsNorLineagesNorOrigins() throws Exception {
    run(RandomTuples.of(6, 1_000), "2");

    assertThat(minibatches.records())
        .isNotEmpty()
        .allSatisfy(
            minibatch -> {
              assertThat(minibatch.getGroups()).hasSizeLessThanOrEqualTo(16);
              assertThat(minibatch.getGroups())
                  .allMatch(group -> group.getGroupKey().endsWith("/" + minibatch.getLineage()));
              assertThat(minibatch.getGroups().isEmpty())
                  .isEqualTo(minibatch.getKind() == MinibatchKind.PAIRS);
            });
    assertThat(all(MinibatchKind.GROUPS))
        .allSatisfy(
            group ->
                assertThat(group.getMembers())
                    .extracting(m -> m.getRolloutId().substring(0, 1))
                    .containsOnly(
                        switch (group.getOrigin()) {
                          case ASSIGNED, UNKNOWN -> "a";
                          case SLATE -> "r";
                          case PAGE -> "p";
                          case ENGINE -> "e";
                        }));
  }

  @Test
  void letsNoRolloutOfAPageArgueTwice() throws Exception {
    run(RandomTuples.of(7, 1_000), "2");

    Set<String> argued = new HashSet<>();
    List<PreferencePair> pairs =
        minibatches.records().stream().flatMap(m -> m.getPairs().stream()).toList();
    for (PreferencePair pair : pairs) {
      if (pair.getPreferred().getRolloutId().startsWith("p")) {
        assertThat(argued.add(idOf(pair.getPreferred())) && argued.add(idOf(pair.getRejected())))
            .isTrue();
      }
    }
    assertThat(argued).hasSizeGreaterThan(50);
  }

  private static String idOf(GroupMember member) {
    return member.getRolloutId();
  }

  /** Each tuple counts once, however often it is in the log. */
  private static Map<String, Double> finalRewards(List<RewardTuple> tuples) {
    Map<String, Double> rewards = new HashMap<>();
    for (RewardTuple tuple : new HashSet<>(tuples)) {
      rewards.merge(tuple.getRolloutId(), tuple.getReward(), Double::sum);
    }
    return rewards;
  }

  private List<RolloutGroup> all(MinibatchKind... kinds) {
    List<RolloutGroup> groups = new ArrayList<>();
    for (Minibatch minibatch : minibatches.records()) {
      if (List.of(kinds).contains(minibatch.getKind())) {
        groups.addAll(minibatch.getGroups());
      }
    }
    return groups;
  }

  /** A savepoint finds its state by these names: a version that changes one forgets it. */
  @Test
  void keepsTheNamesThatSavepointsKnow() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
    new MinibatchJob(
            InMemory.source(
                List.of(RewardTuple.newBuilder().build()),
                new AvroRecordTypeInfo<>(RewardTuple.class)),
            minibatches,
            ConfigBinder.defaults(AssemblyConfig.class),
            () -> PastLessons.NONE)
        .build(env);

    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains(
            "rewards",
            "admit-tuples",
            "collect-group",
            "pair-purchases",
            "admit-pairs",
            "staleness-gate",
            "pack-minibatch");
  }

  private void run(List<RewardTuple> tuples, String parallelism) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
    new MinibatchJob(
            InMemory.source(tuples, new AvroRecordTypeInfo<>(RewardTuple.class)),
            minibatches,
            new ConfigBinder(Map.of("assembly.parallelism", parallelism))
                .bind("assembly", AssemblyConfig.class),
            () -> PastLessons.NONE)
        .build(env);
    env.execute(MinibatchJob.NAME);
  }
}
