package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.past.PastLessons;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitTuplesTest {
  private static final long SHOWN = 100;
  private static final Duration TOLERANCE = Duration.ofMillis(50);

  private final List<RewardTuple> admitted = new ArrayList<>();
  private PastLessons past = PastLessons.NONE;
  private Stage<RewardTuple, RewardTuple> admit;

  @BeforeEach
  void open() throws Exception {
    AssemblyConfig config =
        new ConfigBinder(Map.of("assembly.out-of-orderness", TOLERANCE.toString()))
            .bind("assembly", AssemblyConfig.class);
    admit =
        new Stage<>(
            () -> new AdmitTuples(config, () -> past),
            Comparison::keyOf,
            new HashMapStateBackend());
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    admit.watermark(Long.MAX_VALUE);
    assertThat(admit.openState()).isZero();
    admit.close();
  }

  @Test
  void admitsABaseTupleAndItsCorrectionsOnce() throws Exception {
    RewardTuple base = Tuples.base("a", 0, 1, SHOWN);
    RewardTuple first = Tuples.correction(base, 1, 3);
    RewardTuple second = Tuples.correction(base, 2, -3);
    receive(base, base, first, base, first, second, first, second);

    assertThat(admitted).containsExactly(base, first, second);
    assertThat(admit.count("repeated")).isEqualTo(5);
  }

  @Test
  void remembersAcrossARestartWhatItHasSeen() throws Exception {
    RewardTuple base = Tuples.base("a", 1, 1, SHOWN);
    receive(base);
    admit.restart();
    receive(base, Tuples.base("old", 0, 1, SHOWN));

    assertThat(admit.count("repeated")).isEqualTo(1);
    assertThat(admit.count("withdrawn_lineage")).isEqualTo(1);
  }

  private static PastLessons lessons(String rollout, long lastImpression) {
    PastLessons.Collector taught = new PastLessons.Collector();
    taught.add(
        Minibatch.newBuilder()
            .setKind(MinibatchKind.GROUPS)
            .setGroups(
                List.of(
                    RolloutGroup.newBuilder()
                        .setLastImpression(Instant.ofEpochMilli(lastImpression))
                        .setMembers(List.of(GroupMember.newBuilder().setRolloutId(rollout).build()))
                        .build()))
            .build());
    return taught.lessons();
  }

  @Test
  void withoutItsStateItTeachesNothingThatAMinibatchHas() throws Exception {
    past = lessons("r#0", SHOWN + 10);
    admit.close();
    open();

    RewardTuple known = Tuples.ofSlate("r#0", "q1", 1, SHOWN);
    receive(
        known,
        Tuples.correction(known, 1, 1),
        Tuples.ofSlate("r#0", "q2", 1, SHOWN + 11),
        Tuples.ofSlate("r#1", "q1", 1, SHOWN));
    admit.restart();
    receive(known);

    assertThat(admitted).extracting(RewardTuple::getQueryId).containsExactly("q2", "q1");
    assertThat(admit.count("taught_by_an_earlier_run")).isEqualTo(3);
  }

  /** Its own minibatches may be among the lessons when it restarts. */
  @Test
  void correctionsOfWhatThisRunAdmittedAreItsOwn() throws Exception {
    past = lessons("r#0", SHOWN + 10);
    admit.close();
    open();
    RewardTuple own = Tuples.ofSlate("r#0", "q1", 1, SHOWN + 11);
    receive(own);
    past = lessons("r#0", SHOWN + 11);
    admit.restart();
    receive(Tuples.correction(own, 1, 1));

    assertThat(admitted).extracting(RewardTuple::getSequence).containsExactly(0, 1);
  }

  @Test
  void takesEveryImpressionOfASlatesRollout() throws Exception {
    receive(
        Tuples.ofSlate("r#0", "q1", 1, SHOWN),
        Tuples.ofSlate("r#0", "q2", 0, SHOWN),
        Tuples.ofSlate("r#0", "q2", 0, SHOWN));

    assertThat(admitted).extracting(RewardTuple::getQueryId).containsExactly("q1", "q2");
  }

  @Test
  void refusesWhatMayNotTeach() throws Exception {
    RewardTuple identity =
        RewardTuple.newBuilder(Tuples.onPage("page", 4, 1, 0, SHOWN)).setTrainable(false).build();
    RewardTuple unheardOf =
        RewardTuple.newBuilder(Tuples.base("a", 0, 1, SHOWN))
            .setOrigin(TupleOrigin.UNKNOWN)
            .build();
    receive(identity, Tuples.correction(identity, 1, 1), unheardOf);

    assertThat(admitted).isEmpty();
    assertThat(admit.count("untrainable")).isEqualTo(2);
    assertThat(admit.count("unknown_origin")).isEqualTo(1);
  }

  @Test
  void refusesALineageOnceANewerOneIsSeen() throws Exception {
    RewardTuple old = Tuples.base("a", 0, 1, SHOWN);
    RewardTuple current = Tuples.base("b", 1, 1, SHOWN);
    receive(old, current, Tuples.correction(old, 1, 3), Tuples.base("c", 0, 1, SHOWN));

    assertThat(admitted).containsExactly(old, current);
    assertThat(admit.count("withdrawn_lineage")).isEqualTo(2);
  }

  @Test
  void countsCorrectionsOfRolloutsItNeverSaw() throws Exception {
    receive(Tuples.correction(Tuples.base("a", 0, 1, SHOWN), 1, 3));

    assertThat(admitted).isEmpty();
    assertThat(admit.count("corrections_of_unknown_rollout")).isEqualTo(1);
  }

  @Test
  void takesCorrectionsUntilNoneCanFollow() throws Exception {
    RewardTuple base = Tuples.base("a", 0, 1, SHOWN);
    long forgotten = SHOWN + Tuples.LONG_WINDOW + TOLERANCE.toMillis();
    receive(base);
    admit.watermark(forgotten - 1);
    receive(Tuples.correction(base, 1, 3));
    admit.watermark(forgotten);
    receive(Tuples.correction(base, 2, -3));

    assertThat(admitted).hasSize(2);
    assertThat(admit.count("corrections_of_expired_rollout")).isEqualTo(1);
  }

  private void receive(RewardTuple... tuples) throws Exception {
    for (RewardTuple tuple : tuples) {
      admit.receive(tuple);
      admitted.addAll(admit.take());
    }
  }
}
