package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.jobs.fixtures.InMemory;
import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class MinibatchJobTest {
  private final InMemory.Collected<Minibatch> minibatches = new InMemory.Collected<>();

  @Test
  void correctsAdvantagesToWhatTheFinalRewardsDeserve() throws Exception {
    List<RewardTuple> tuples = randomTuples(new Random(5));
    Map<String, Double> finalRewards = new HashMap<>();
    tuples.forEach(t -> finalRewards.merge(t.getRolloutId(), t.getReward(), Double::sum));

    run(tuples, "1");

    Map<String, Double> advantages = new HashMap<>();
    List<RolloutGroup> groups = new ArrayList<>();
    for (Minibatch minibatch : minibatches.records()) {
      for (RolloutGroup group : minibatch.getGroups()) {
        group
            .getMembers()
            .forEach(m -> advantages.merge(m.getRolloutId(), m.getAdvantage(), Double::sum));
        if (minibatch.getKind() == MinibatchKind.GROUPS) {
          groups.add(group);
        }
      }
    }
    assertThat(groups).hasSizeGreaterThan(50);
    for (RolloutGroup group : groups) {
      double mean =
          group.getMembers().stream()
              .mapToDouble(m -> finalRewards.get(m.getRolloutId()))
              .average()
              .orElseThrow();
      for (GroupMember member : group.getMembers()) {
        assertThat(advantages.get(member.getRolloutId()))
            .isCloseTo(finalRewards.get(member.getRolloutId()) - mean, within(1e-9));
      }
    }
  }

  @Test
  void mixesNeitherKindsNorLineages() throws Exception {
    run(randomTuples(new Random(6)), "2");

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
  }

  private void run(List<RewardTuple> tuples, String parallelism) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
    new MinibatchJob(
            InMemory.source(tuples, new AvroRecordTypeInfo<>(RewardTuple.class)),
            minibatches,
            RandomHistory.CONFIG,
            new ConfigBinder(Map.of("assembly.parallelism", parallelism))
                .bind("assembly", AssemblyConfig.class))
        .build(env);
    env.execute(MinibatchJob.NAME);
  }

  /** Base tuples, and corrections while their base is still remembered. */
  private static List<RewardTuple> randomTuples(Random random) {
    List<RewardTuple> tuples = new ArrayList<>();
    Map<String, Integer> sequences = new HashMap<>();
    List<RewardTuple> bases = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      if (bases.isEmpty() || random.nextInt(4) > 0) {
        RewardTuple base = Tuples.base("r" + i, random.nextInt(40), random.nextInt(4), 1_000 + i);
        bases.add(base);
        tuples.add(base);
      } else {
        RewardTuple base =
            bases.get(bases.size() - 1 - random.nextInt(Math.min(200, bases.size())));
        int sequence = sequences.merge(base.getRolloutId(), 1, Integer::sum);
        tuples.add(Tuples.correction(base, sequence, random.nextBoolean() ? 3 : -3));
      }
    }
    return tuples;
  }
}
