package io.searchloop.streams.decision;

import static io.searchloop.streams.testing.Deciders.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.signal.DecisionLog;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionModesTest {
  private static final ModeMix ENGINE_ONLY = new ModeMix(0, 1);
  private static final ModeMix MULTILEAVED = new ModeMix(1, 0);

  private final Slots slots = Slots.filled();
  private final Deciders deciders = Deciders.of(slots);
  private final List<Decision> logged = new ArrayList<>();
  private final DirectExecutor executor = new DirectExecutor();
  private final EngineOnlySampler unseen = sampler(slots, deciders, logged::add, executor);

  @AfterEach
  void close() {
    unseen.close();
    slots.close();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, TAIL", "1, 0, TAIL", "0, 1, TAIL", "0, 0, HEAD", ".3, .4, TAIL"})
  void oneSeedAlwaysMakesTheSameDecisions(double multileaved, double engineOnly, Stratum stratum) {
    List<Object> once = replay(new ModeMix(multileaved, engineOnly), stratum);
    List<Object> again = replay(new ModeMix(multileaved, engineOnly), stratum);

    assertThat(again).isEqualTo(once).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void aRaisedShareLeavesTheOtherRequestsAsTheyWere() {
    Decider before = deciders.with(new ModeMix(0, 0)).decider(1);
    Decider after = deciders.with(new ModeMix(.2, 0)).decider(1);
    int untouched = 0;
    for (int i = 0; i < 50; i++) {
      Choice assigned = before.decidePage(request("c" + i), Deciders.PLAN, NOON);
      Choice other = after.decidePage(request("c" + i), Deciders.PLAN, NOON);

      // Also a request drawn for a merge would be shown the very candidate it was shown before.
      assertThat(other.oneList().decision()).isEqualTo(assigned.oneList().decision());
      untouched += other instanceof Choice.OneList ? 1 : 0;
    }
    assertThat(untouched).isBetween(30, 48);
  }

  @Test
  void drawsTheModePerRequestWhoeverAsks() {
    Decider decider = deciders.with(new ModeMix(.5, 0)).decider(1);
    int merges = 0;
    for (int i = 0; i < 400; i++) {
      merges +=
          decider.decidePage(request("one"), Deciders.PLAN, NOON) instanceof Choice.Merge ? 1 : 0;
    }

    assertThat(merges).isBetween(160, 240);
  }

  @Test
  void otherArmsAndStorefrontsWithAnEngineOfTheirOwnKnowOneModeOnly() {
    ModeMix mix = new ModeMix(.5, .5);
    for (int i = 0; i < 20; i++) {
      assertThat(
              deciders
                  .with(mix)
                  .decider(i)
                  .decide(request("c"), Deciders.PLAN, NOON)
                  .decision()
                  .getMode())
          .isEqualTo(DecisionMode.ASSIGNED);
      assertThat(
              deciders
                  .with(mix)
                  .with(new ArmAssignment(1, 0, ""))
                  .decider(i)
                  .decidePage(request("c"), Deciders.PLAN, NOON))
          .isInstanceOf(Choice.OneList.class);
    }
  }

  @Test
  void engineOnlyRolloutsAreSampledAfterwardsAndNeverShown() {
    Choice choice =
        deciders.with(ENGINE_ONLY).decider(1).decidePage(request("c"), Deciders.PLAN, NOON);
    Decision shown = choice.oneList().decision();

    assertThat(shown.getMode()).isEqualTo(DecisionMode.HOLDOUT);
    assertThat(shown.getArm()).isEqualTo("tail-identity");
    assertThat(choice.oneList().rewrite()).isEmpty();
    assertThat(shown.getCandidates()).singleElement().matches(c -> !c.getTrainable());
    assertThat(logged).isEmpty();

    unseen.submit(choice.unseen().orElseThrow());

    Decision sampled = logged.get(0);
    assertThat(sampled.getMode()).isEqualTo(DecisionMode.ENGINE_ONLY);
    assertThat(sampled.getArm()).isEqualTo("engine-only");
    assertThat(sampled.getQueryId()).isEqualTo(shown.getQueryId() + "!engine");
    assertThat(sampled.getServed()).isEmpty();
    assertThat(sampled.getCatalogueEpoch()).isEqualTo(Deciders.EPOCH);
    assertThat(sampled.getCombination()).isEqualTo("UNION");
    assertThat(sampled.getRewriteWeight()).isEqualTo(.35);
    assertThat(sampled.getGroupKey()).isEqualTo(shown.getGroupKey());
    assertThat(sampled.getPolicyVersion()).isEqualTo(Slots.VERSION);
    assertThat(sampled.getCandidates())
        .hasSize(Deciders.CANDIDATES)
        .allMatch(Candidate::getTrainable)
        .allMatch(c -> c.getTokenIds().remaining() == c.getLogProbs().remaining());
    assertThat(sampled.getCandidates().get(3).getRolloutId())
        .isEqualTo(shown.getQueryId() + "!engine#3");
    assertThat(slots.metrics.engineOnly()).containsExactly(Map.entry("sampled", 1L));
  }

  @Test
  void whatIsSampledForTheEngineDependsOnTheRequestAndNotOnItsTurn() {
    Choice first =
        deciders.with(ENGINE_ONLY).decider(1).decidePage(request("c"), Deciders.PLAN, NOON);
    unseen.submit(first.unseen().orElseThrow());
    Decider decider = deciders.with(ENGINE_ONLY).decider(1);
    Choice again = decider.decidePage(request("c"), Deciders.PLAN, NOON);
    Choice later = decider.decidePage(request("c"), Deciders.PLAN, NOON);
    unseen.submit(later.unseen().orElseThrow());
    unseen.submit(again.unseen().orElseThrow());

    assertThat(logged.get(2)).isEqualTo(logged.get(0));
  }

  @Test
  void countsAnInvalidCandidateOnlyWhereItIsShownAlone() {
    SelfTest selfTest = new SelfTest(new SamplerSettings(Deciders.CANDIDATES, 1));
    try (Slots babbling = new Slots(TinyPolicy.sometimesText(), selfTest)) {
      babbling.promote();
      Decider merging = Deciders.of(babbling).with(MULTILEAVED).decider(1);
      long invalid = 0;
      for (int i = 0; i < 50; i++) {
        Choice merge = merging.decidePage(request("c"), Deciders.PLAN, NOON);
        invalid += merge.oneList().rewrite().isEmpty() ? 1 : 0;
      }
      assertThat(invalid).isPositive();
      assertThat(babbling.metrics.fallbacks()).isEmpty();

      Decider alone = Deciders.of(babbling).decider(1);
      for (int i = 0; i < 50; i++) {
        alone.decidePage(request("c"), Deciders.PLAN, NOON);
      }
      assertThat(babbling.metrics.fallbacks())
          .containsExactly(Map.entry("invalid_candidate", invalid));
    }
  }

  @Test
  void headQueriesAreNeverLeftToTheEngine() {
    for (Stratum stratum : new Stratum[] {Stratum.HEAD, Stratum.UNKNOWN}) {
      Choice choice =
          deciders
              .with(ENGINE_ONLY)
              .with(stratum)
              .decider(1)
              .decidePage(request("c"), Deciders.PLAN, NOON);

      assertThat(choice).isInstanceOf(Choice.OneList.class);
      assertThat(choice.oneList().decision().getMode()).isEqualTo(DecisionMode.ASSIGNED);
    }
  }

  @Test
  void countsEngineOnlySearchesThatAreDropped() {
    Choice choice =
        deciders.with(ENGINE_ONLY).decider(1).decidePage(request("c"), Deciders.PLAN, NOON);
    EngineOnlySearch search = choice.unseen().orElseThrow();
    executor.full = true;
    unseen.submit(search);
    executor.full = false;
    slots.active.close();
    unseen.submit(search);
    unseen.close();
    unseen.submit(search);

    assertThat(logged).isEmpty();
    assertThat(slots.metrics.engineOnly())
        .containsEntry("queue_full", 1L)
        .containsEntry("no_policy", 1L)
        .containsEntry("closing", 1L)
        .hasSize(3);
  }

  @Test
  void withoutAPolicyEveryModeFallsBack() {
    slots.active.close();
    for (ModeMix mix : new ModeMix[] {ENGINE_ONLY, MULTILEAVED}) {
      Choice choice = deciders.with(mix).decider(1).decidePage(request("c"), Deciders.PLAN, NOON);

      assertThat(choice).isInstanceOf(Choice.OneList.class);
      assertThat(choice.oneList().decision().getArm()).isEqualTo(Arm.FALLBACK);
    }
    assertThat(slots.metrics.fallbacks()).containsEntry("no_policy", 2L);
  }

  @Test
  void drawsFromOneSlateForAHeadQueryWithTheLogProbabilitiesItWasSampledWith() {
    Decider decider = deciders.with(Stratum.HEAD).decider(1);
    Decision missed = decider.decidePage(request("c0"), Deciders.PLAN, NOON).oneList().decision();
    assertThat(missed.getSlateId()).isEmpty();
    Decision first = decider.decidePage(request("c0"), Deciders.PLAN, NOON).oneList().decision();
    int[] served = new int[Deciders.SLATE_SIZE];
    for (int i = 0; i < 600; i++) {
      Decision decision =
          decider.decidePage(request("c" + i), Deciders.PLAN, NOON).oneList().decision();
      assertThat(decision.getCandidates()).isEqualTo(first.getCandidates());
      assertThat(decision.getSlateId()).isEqualTo(first.getSlateId());
      assertThat(decision.getAssignmentPropensity()).isEqualTo(1.0 / Deciders.SLATE_SIZE);
      served[decision.getServed().get(0)]++;
    }

    assertThat(first.getSlateId()).startsWith("slate/" + Slots.VERSION + "/");
    assertThat(first.getCandidates())
        .extracting(Candidate::getRolloutId)
        .containsExactly(
            IntStream.range(0, Deciders.SLATE_SIZE)
                .mapToObj(i -> first.getSlateId() + "#" + i)
                .toArray(String[]::new));
    assertThat(Arrays.stream(served)).allMatch(count -> count > 60 && count < 140);
    assertThat(slots.metrics.slates()).containsEntry("stored", 1L).containsEntry("drawn", 601L);
  }

  @Test
  void drawsFromTheSlateWhateverIsSentThatThePolicyDoesNotRead() {
    Decider decider = deciders.with(Stratum.HEAD).decider(1);
    String slate = slateId(decider);
    RewriteRequest informed =
        new RewriteRequest(
            "red shoes", "c", "", "en-GB", List.of("colour red"), List.of("red sneakers"));

    assertThat(decider.decidePage(informed, Deciders.PLAN, NOON).oneList().decision().getSlateId())
        .isEqualTo(slate)
        .isNotEmpty();
  }

  @Test
  void keepsSlatesFromTailQueriesMergedPagesAndTheReferenceArm() {
    Deciders heads = deciders.with(Stratum.HEAD);

    assertThat(
            deciders.decider(1).decidePage(request("c"), Deciders.PLAN, NOON).oneList().decision())
        .extracting(Decision::getSlateId)
        .isEqualTo("");
    assertThat(
            heads
                .with(MULTILEAVED)
                .decider(1)
                .decidePage(request("c"), Deciders.PLAN, NOON)
                .oneList()
                .decision())
        .extracting(Decision::getSlateId)
        .isEqualTo("");
    assertThat(
            heads
                .with(new ArmAssignment(0, 1, ""))
                .decider(1)
                .decidePage(request("c"), Deciders.PLAN, NOON)
                .oneList()
                .decision())
        .extracting(Decision::getSlateId)
        .isEqualTo("");
    assertThat(slots.slates.size()).isZero();
  }

  @Test
  void forgetsSlatesWithASwapAndARollback() {
    Decider decider = deciders.with(Stratum.HEAD).decider(1);
    String old = slateId(decider);
    slots.promoteNext();
    assertThat(slots.slates.size()).isZero();
    String next = slateId(decider);
    slots.rollBack();
    assertThat(slots.slates.size()).isZero();
    String back = slateId(decider);

    assertThat(next).startsWith("slate/" + (Slots.VERSION + 1) + "/");
    assertThat(back).startsWith("slate/" + Slots.VERSION + "/").isNotEqualTo(old);
    assertThat(slots.metrics.slates()).containsEntry("forgotten", 2L);
  }

  /** The slate of a query that was just missed. */
  private static String slateId(Decider decider) {
    decider.decidePage(request("c"), Deciders.PLAN, NOON);
    return decider.decidePage(request("c"), Deciders.PLAN, NOON).oneList().decision().getSlateId();
  }

  /** What twenty requests became on a worker of their own, merge seeds among them. */
  private static List<Object> replay(ModeMix mix, Stratum stratum) {
    List<Object> made = new ArrayList<>();
    try (Slots own = Slots.filled()) {
      Deciders deciders = Deciders.of(own).with(mix).with(stratum);
      EngineOnlySampler unseen = sampler(own, deciders, made::add, new DirectExecutor());
      Decider decider = deciders.decider(7);
      for (int i = 0; i < 20; i++) {
        Choice choice = decider.decidePage(request("c" + i), Deciders.PLAN, NOON);
        made.add(choice.oneList());
        choice.unseen().ifPresent(unseen::submit);
        if (choice instanceof Choice.Merge merge) {
          made.add(merge.mergeSeed());
        }
      }
    }
    return made;
  }

  private static EngineOnlySampler sampler(
      Slots slots, Deciders deciders, DecisionLog log, DirectExecutor executor) {
    return new EngineOnlySampler(
        slots.active,
        CanaryTraffic.none(),
        deciders.candidates(),
        log,
        deciders.clock(),
        slots.metrics,
        executor,
        Duration.ofSeconds(1));
  }

  private static RewriteRequest request(String client) {
    return new RewriteRequest("red shoes", client, "", "en-GB");
  }
}
