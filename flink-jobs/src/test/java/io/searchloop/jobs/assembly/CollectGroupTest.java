package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.TupleOrigin;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectGroupTest {
  private static final long SHOWN = 100;
  private static final long TIMEOUT = 50;
  private static final Offset<Double> NOTHING = Offset.offset(1e-12);

  private AssemblyLine line;

  @BeforeEach
  void open() throws Exception {
    line = with(Map.of());
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    line.finish();
  }

  @Test
  void emitsAFullGroupWithCentredAdvantages() throws Exception {
    line.receive(base("a", 1), base("b", 0), base("c", .5), base("d", .5));

    RolloutGroup group = line.groups().get(0);

    assertThat(group.getOrigin()).isEqualTo(TupleOrigin.ASSIGNED);
    assertThat(group.getMembers())
        .extracting(GroupMember::getRolloutId, GroupMember::getAdvantage)
        .containsExactly(tuple("a", .5), tuple("b", -.5), tuple("c", 0.), tuple("d", 0.));
    assertThat(group.getFirstImpression().toEpochMilli()).isEqualTo(SHOWN);
    assertThat(group.getPromptTokens()).isEqualTo(base("a", 1).getPromptTokens());
  }

  @Test
  void emitsASmallerGroupWhenTheTimeoutPasses() throws Exception {
    line.receive(base("a", 1), base("b", 0));

    line.watermark(SHOWN + TIMEOUT - 1);
    assertThat(line.groups()).isEmpty();
    line.watermark(SHOWN + TIMEOUT);
    assertThat(line.groups().get(0).getMembers()).hasSize(2);
  }

  /** An engine's rewards come at once and move event time on; a shopper's come an hour later. */
  @Test
  void aGroupThatOpensLongAfterItsImpressionWaitsForOthersToo() throws Exception {
    line.watermark(SHOWN + 10 * TIMEOUT);
    line.receive(base("a", 1));
    line.watermark(SHOWN + 10 * TIMEOUT + 1);
    line.receive(base("b", 0));
    line.watermark(SHOWN + 11 * TIMEOUT);

    assertThat(line.groups().get(0).getMembers()).hasSize(2);
  }

  @Test
  void countsALoneRolloutAndItsCorrections() throws Exception {
    RewardTuple alone = base("a", 1);
    line.receive(alone);
    line.watermark(SHOWN + TIMEOUT);
    line.receive(Tuples.correction(alone, 1, 3));

    assertThat(line.items()).isEmpty();
    assertThat(line.count("undersized_groups")).isEqualTo(1);
    assertThat(line.count("corrections_of_ungrouped_rollout")).isEqualTo(1);
  }

  @Test
  void unflattensAGroupByALatePurchaseWithTokensAndLogProbsOfAllMembers() throws Exception {
    RewardTuple late = base("b", 1);
    line.receive(base("a", 1), late, base("c", 1), base("d", 1));
    assertThat(line.groups()).isEmpty();
    assertThat(line.count("flat_groups")).isEqualTo(1);

    line.receive(Tuples.correction(late, 1, 1));

    RolloutGroup correction = line.corrections().get(0);
    assertThat(correction.getPromptTokens()).isEqualTo(late.getPromptTokens());
    assertThat(correction.getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage, GroupMember::getSequence)
        .containsExactly(
            tuple(0., -.25, 0), tuple(1., .75, 1), tuple(0., -.25, 0), tuple(0., -.25, 0));
    assertThat(correction.getMembers())
        .allSatisfy(
            member -> {
              assertThat(Packed.ints(member.getTokenIds())).containsExactly(1, 1);
              assertThat(Packed.floats(member.getLogProbs())).containsExactly(-1, -2);
            });
  }

  @Test
  void retractsAQuarantinedRewardLikeAnyOtherChange() throws Exception {
    RewardTuple bot = base("a", 4);
    line.receive(bot, base("b", 0));
    line.watermark(SHOWN + TIMEOUT);
    line.receive(
        RewardTuple.newBuilder(Tuples.correction(bot, 1, -4)).setSignal("quarantine").build());

    assertThat(line.corrections().get(0).getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage)
        .containsExactly(tuple(-4., -2.), tuple(0., 2.));
    assertThat(advantages()).containsExactly(Map.entry("a", 0.), Map.entry("b", 0.));
  }

  @Test
  void addsACorrectionToAMemberThatStillWaits() throws Exception {
    RewardTuple waiting = base("a", 1);
    line.receive(waiting, Tuples.correction(waiting, 1, 3), base("b", 0));

    line.watermark(SHOWN + TIMEOUT);

    assertThat(line.groups().get(0).getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage)
        .containsExactly(tuple(4., 2.), tuple(0., -2.));
    assertThat(line.corrections()).isEmpty();
  }

  @Test
  void forgetsAGroupWhenItsLastMemberCanNoLongerBeCorrected() throws Exception {
    RewardTuple late = base("a", 1);
    line.receive(late, base("b", 0));
    line.watermark(SHOWN + Tuples.LONG_WINDOW);
    line.receive(Tuples.correction(late, 1, 3));

    assertThat(line.corrections()).isEmpty();
    assertThat(line.count("corrections_of_expired_rollout")).isEqualTo(1);
  }

  @Test
  void leavesNothingBehindWhenAGroupWouldCloseAsItsFirstImpressionExpires() throws Exception {
    line.close();
    line = with(Map.of("assembly.group-timeout", "PT1S"));
    RewardTuple first = base("a", 1);
    assertThat(line.config().groupTimeout().toMillis()).isEqualTo(Tuples.LONG_WINDOW);
    line.receive(first);
    for (String later : new String[] {"b", "c", "d"}) {
      line.receive(Tuples.base(later, 0, 0, SHOWN + 1));
    }

    line.watermark(SHOWN + Tuples.LONG_WINDOW);

    line.receive(Tuples.correction(first, 1, 3));
    assertThat(line.count("corrections_of_expired_rollout")).isEqualTo(1);
  }

  @Test
  void doesNotCorrectScaledAdvantages() throws Exception {
    line.close();
    line = with(Map.of("assembly.advantage", "sample-std"));
    RewardTuple late = base("a", 1);
    line.receive(late, base("b", 0), base("c", 0), base("d", 0), Tuples.correction(late, 1, 3));

    assertThat(line.groups()).hasSize(1);
    assertThat(line.corrections()).isEmpty();
    assertThat(line.count("corrections_not_additive")).isEqualTo(1);
  }

  @Test
  void continuesAnOpenGroupAfterARestart() throws Exception {
    RewardTuple early = base("a", 1);
    line.receive(early, base("b", 0), base("c", 0));
    line.restart();
    line.receive(base("d", 0));
    line.restart();
    line.receive(Tuples.correction(early, 1, 4));

    assertThat(line.groups().get(0).getMembers()).hasSize(4);
    assertThat(advantages())
        .containsExactly(
            Map.entry("a", 3.75),
            Map.entry("b", -1.25),
            Map.entry("c", -1.25),
            Map.entry("d", -1.25));
  }

  @Test
  void comparesSlateMembersByTheirMeanOverImpressions() throws Exception {
    line.receive(
        Tuples.ofSlate("r#0", "q1", 1, SHOWN),
        Tuples.ofSlate("r#1", "q2", 0, SHOWN + 1),
        Tuples.ofSlate("r#0", "q3", 0, SHOWN + 2),
        Tuples.ofSlate("r#0", "q4", 0, SHOWN + 3));
    assertThat(line.groups()).isEmpty();

    line.receive(Tuples.ofSlate("r#1", "q5", 4, SHOWN + 4));

    RolloutGroup group = line.groups().get(0);
    assertThat(group.getOrigin()).isEqualTo(TupleOrigin.SLATE);
    assertThat(group.getMembers())
        .extracting(GroupMember::getRolloutId, GroupMember::getReward)
        .containsExactly(tuple("r#0", 1 / 3.), tuple("r#1", 2.));
    assertThat(group.getLastImpression().toEpochMilli()).isEqualTo(SHOWN + 4);
  }

  @Test
  void beginsASlateAnewUnderAnotherGroupId() throws Exception {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        line.receive(Tuples.ofSlate("r#" + i % 2, "q" + round + i, i % 2, SHOWN));
      }
    }

    assertThat(line.groups())
        .extracting(RolloutGroup::getGroupId)
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(line.groups()).allSatisfy(group -> assertThat(group.getMembers()).hasSize(2));
  }

  @Test
  void closesASlateAtTheTimeoutWithWhatItHas() throws Exception {
    line.receive(Tuples.ofSlate("r#0", "q1", 1, SHOWN), Tuples.ofSlate("r#1", "q2", 0, SHOWN));

    line.watermark(SHOWN + TIMEOUT);

    assertThat(line.groups()).hasSize(1);
  }

  @Test
  void correctsASlateByAnNthOfTheChangeInTheGroupOfItsImpression() throws Exception {
    RewardTuple first = Tuples.ofSlate("r#0", "q0", 1, SHOWN);
    line.receive(
        first,
        Tuples.ofSlate("r#0", "q1", 0, SHOWN),
        Tuples.ofSlate("r#1", "q2", 0, SHOWN),
        Tuples.ofSlate("r#1", "q3", 0, SHOWN));
    RewardTuple second = Tuples.ofSlate("r#0", "q4", 0, SHOWN);
    line.receive(second, Tuples.correction(first, 1, 4), Tuples.correction(second, 1, 2));

    assertThat(line.corrections()).hasSize(1);
    assertThat(line.corrections().get(0).getGroupId()).isEqualTo(line.groups().get(0).getGroupId());
    assertThat(line.corrections().get(0).getMembers())
        .extracting(GroupMember::getReward, GroupMember::getAdvantage)
        .containsExactly(tuple(2., 1.), tuple(0., -1.));

    line.receive(Tuples.ofSlate("r#1", "q5", 0, SHOWN));
    line.watermark(SHOWN + TIMEOUT);
    assertThat(line.groups().get(1).getMembers())
        .extracting(GroupMember::getReward)
        .containsExactly(2., 0.);
  }

  @Test
  void comparesTheRolloutsOfOnePageOnly() throws Exception {
    line.receive(
        Tuples.onPage("p1", 0, .5, 0, SHOWN),
        Tuples.onPage("p1", 1, 1.5, 0, SHOWN),
        Tuples.onPage("p2", 0, 7, 0, SHOWN),
        RewardTuple.newBuilder(Tuples.onPage("p1", 4, 9, 0, SHOWN)).setTrainable(false).build(),
        Tuples.onPage("p1", 2, 1, 0, SHOWN),
        Tuples.onPage("p2", 1, 5, 0, SHOWN));
    assertThat(line.groups()).isEmpty();

    line.watermark(SHOWN);

    assertThat(line.groups()).allMatch(group -> group.getOrigin() == TupleOrigin.PAGE).hasSize(2);
    assertThat(advantages())
        .containsExactly(
            Map.entry("p1#0", -.5),
            Map.entry("p1#1", .5),
            Map.entry("p1#2", 0.),
            Map.entry("p2#0", 1.),
            Map.entry("p2#1", -1.));
  }

  @Test
  void neverDividesAPageByItsDeviation() throws Exception {
    line.close();
    line = with(Map.of("assembly.advantage", "sample-std"));
    RewardTuple late = Tuples.onPage("p", 0, 3, 0, SHOWN);
    line.receive(late, Tuples.onPage("p", 1, 1, 0, SHOWN));
    line.watermark(SHOWN);
    line.receive(Tuples.correction(late, 1, 2));

    assertThat(advantages()).containsExactly(Map.entry("p#0", 2.), Map.entry("p#1", -2.));
  }

  @Test
  void addsCorrectionsOfSeveralMembersOfAPageUp() throws Exception {
    RewardTuple first = Tuples.onPage("p", 0, 0, 0, SHOWN);
    RewardTuple third = Tuples.onPage("p", 2, 1, 0, SHOWN);
    line.receive(first, Tuples.onPage("p", 1, 2, 0, SHOWN), third);
    line.watermark(SHOWN);
    line.receive(Tuples.correction(first, 1, 3), Tuples.correction(third, 1, -1));

    // Rewards end as (3, 2, 0), their mean is 5/3.
    assertThat(line.corrections()).hasSize(2);
    assertThat(advantages())
        .hasEntrySatisfying("p#0", a -> assertThat(a).isCloseTo(3 - 5 / 3., NOTHING))
        .hasEntrySatisfying("p#1", a -> assertThat(a).isCloseTo(2 - 5 / 3., NOTHING))
        .hasEntrySatisfying("p#2", a -> assertThat(a).isCloseTo(0 - 5 / 3., NOTHING));
  }

  @Test
  void keepsAPageTogetherWhenTheWatermarkHasLongPassedIt() throws Exception {
    line.watermark(SHOWN + 500);
    line.receive(Tuples.onPage("p", 0, 1, 0, SHOWN), Tuples.onPage("p", 1, 0, 0, SHOWN));
    assertThat(line.groups()).isEmpty();

    line.watermark(SHOWN + 501);

    assertThat(line.groups()).hasSize(1);
  }

  @Test
  void countsAMemberThatMissesItsPage() throws Exception {
    line.receive(Tuples.onPage("p", 0, 1, 0, SHOWN), Tuples.onPage("p", 1, 0, 0, SHOWN));
    line.watermark(SHOWN);
    RewardTuple late = Tuples.onPage("p", 2, 5, 0, SHOWN);
    line.receive(late, Tuples.correction(late, 1, 1));

    assertThat(line.items()).hasSize(1);
    assertThat(line.count("late_members")).isEqualTo(1);
    assertThat(line.count("corrections_of_ungrouped_rollout")).isEqualTo(1);
  }

  @Test
  void comparesWhatTheEngineJudgedForOneQuery() throws Exception {
    line.receive(
        Tuples.byEngine("e1", 0, 1.1, SHOWN),
        Tuples.byEngine("e2", 0, .2, SHOWN),
        Tuples.byEngine("e1", 1, 0, SHOWN),
        Tuples.byEngine("e2", 1, .4, SHOWN));

    line.watermark(SHOWN);

    assertThat(line.groups()).allMatch(group -> group.getOrigin() == TupleOrigin.ENGINE).hasSize(2);
    assertThat(advantages().get("e1#0")).isCloseTo(.55, NOTHING);
  }

  @Test
  void neverMixesOriginsOfOneQuery() throws Exception {
    line.receive(
        base("a", 1),
        Tuples.ofSlate("r#0", "q1", 0, SHOWN),
        Tuples.onPage("p", 0, 2, 0, SHOWN),
        Tuples.byEngine("e", 0, 3, SHOWN));

    line.watermark(Long.MAX_VALUE);

    assertThat(line.groups()).isEmpty();
    assertThat(line.count("undersized_groups")).isEqualTo(4);
  }

  /** Advantages of each rollout with all its corrections. */
  private Map<String, Double> advantages() {
    Map<String, Double> sums = new TreeMap<>();
    for (TrainingItem item : line.items()) {
      for (GroupMember member : item.group().getMembers()) {
        sums.merge(member.getRolloutId(), member.getAdvantage(), Double::sum);
      }
    }
    return sums;
  }

  private static RewardTuple base(String rolloutId, double reward) {
    return Tuples.base(rolloutId, 0, reward, SHOWN);
  }

  private static AssemblyLine with(Map<String, String> settings) throws Exception {
    Map<String, String> all = new TreeMap<>();
    all.put("assembly.group-timeout", "PT0.05S");
    all.put("assembly.slate-impressions", "2");
    all.put("assembly.out-of-orderness", "PT0S");
    all.putAll(settings);
    return new AssemblyLine(all);
  }
}
