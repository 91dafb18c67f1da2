package io.searchloop.streams.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.rewrite.GroupKey;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import io.searchloop.streams.testing.StepClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private static final Instant NOON = Deciders.NOON;
  private static final RewriteRequest REQUEST =
      new RewriteRequest("Red  Shoes", "client", "session", "en-GB");

  private final RewriteSampler sampler =
      new RewriteSampler(new SamplerSettings(Deciders.CANDIDATES, Deciders.TEMPERATURE));

  @Test
  void servesOneOfTheCandidatesAndSaysHowItWasDrawn() {
    try (Slots slots = Slots.filled()) {
      Choice.OneList choice = decide(slots, new ArmAssignment(.05, .15, visitorSalt(Arm.POLICY)));
      Decision decision = choice.decision();

      assertThat(decision.getMode()).isEqualTo(DecisionMode.ASSIGNED);
      assertThat(decision.getArm()).isEqualTo("policy");
      assertThat(decision.getPolicyVersion()).isEqualTo(Slots.VERSION);
      assertThat(decision.getCandidates()).hasSize(4).allMatch(Candidate::getTrainable);
      assertThat(decision.getServed()).hasSize(1);
      assertThat(decision.getAssignmentPropensity()).isEqualTo(.25);
      assertThat(decision.getArmPropensity()).isCloseTo(.8, within(1e-9));
      assertThat(decision.getTimestamp()).isEqualTo(NOON);
      assertThat(decision.getTemperature()).isEqualTo(.9);
      Candidate served = decision.getCandidates().get(decision.getServed().get(0));
      assertThat(choice.rewrite()).contains(served.getRewrite());
      assertThat(served.getRolloutId())
          .isEqualTo(decision.getQueryId() + "#" + decision.getServed().get(0));
    }
  }

  @Test
  void logsTheLogProbabilitiesThatTheServingSessionScores() {
    try (Slots slots = Slots.filled()) {
      Decision decision = decide(slots, new ArmAssignment(0, 0, "")).decision();
      int[] prompt = Packed.ints(decision.getPromptTokens());
      try (PolicyLease lease = slots.active.acquire().orElseThrow()) {
        assertThat(prompt)
            .isEqualTo(lease.policy().format().prompt(new QueryContext("red shoes", "en-GB")));
        for (Candidate candidate : decision.getCandidates()) {
          int[] tokens = Packed.ints(candidate.getTokenIds());
          assertThat(Packed.floats(candidate.getLogProbs()))
              .containsExactly(sampler.score(lease.policy(), prompt, tokens), within(1e-3f));
        }
      }
    }
  }

  @Test
  void drawsTheServedCandidateUniformly() {
    try (Slots slots = Slots.filled()) {
      Decider decider = decider(slots, new ArmAssignment(0, 0, ""), InstantSource.fixed(NOON));
      int[] served = new int[4];
      for (int i = 0; i < 800; i++) {
        served[decider.decide(REQUEST, Deciders.PLAN, NOON).decision().getServed().get(0)]++;
      }
      for (int count : served) {
        assertThat(count).isBetween(150, 250);
      }
    }
  }

  @Test
  void neverRewritesTheHoldoutYetGroupsItWithThePolicy() {
    try (Slots slots = Slots.filled()) {
      Decision held = decide(slots, new ArmAssignment(1, 0, "")).decision();
      Decision assigned = decide(slots, new ArmAssignment(0, 0, "")).decision();

      assertThat(held.getMode()).isEqualTo(DecisionMode.HOLDOUT);
      assertThat(held.getArm()).isEqualTo("identity");
      assertThat(held.getPolicyVersion()).isEqualTo(-1);
      assertThat(held.getCandidates())
          .singleElement()
          .satisfies(
              candidate -> {
                assertThat(candidate.getRewrite()).isEqualTo("Red  Shoes");
                assertThat(candidate.getTrainable()).isFalse();
              });
      assertThat(held.getGroupKey())
          .isEqualTo(assigned.getGroupKey())
          .isEqualTo(
              GroupKey.of(
                  new QueryContext("red shoes", "en-GB"),
                  Packed.ints(assigned.getPromptTokens()),
                  Deciders.EPOCH,
                  -1));
    }
  }

  @Test
  void neverTrainsOnTheReferenceArm() {
    try (Slots slots = Slots.filled()) {
      Decision decision = decide(slots, new ArmAssignment(0, 1, "")).decision();

      assertThat(decision.getArm()).isEqualTo("reference");
      assertThat(decision.getMode()).isEqualTo(DecisionMode.ASSIGNED);
      assertThat(decision.getPolicyVersion()).isEqualTo(Slots.VERSION);
      assertThat(decision.getCandidates()).hasSize(4).noneMatch(Candidate::getTrainable);
    }
  }

  @Test
  void fallsBackToTheQueryAsTypedWithoutAPolicy() {
    try (Slots slots = Slots.empty()) {
      Choice.OneList choice = decide(slots, new ArmAssignment(0, 0, ""));

      assertFallback(slots, choice, "no_policy");
    }
  }

  @Test
  void fallsBackWhenTheDeadlinePasses() {
    try (Slots slots = Slots.filled()) {
      StepClock slow = new StepClock(Duration.ofMillis(200));
      Decider decider = decider(slots, new ArmAssignment(0, 0, ""), slow);
      Choice.OneList choice = decider.decide(REQUEST, Deciders.PLAN, slow.instant());

      assertFallback(slots, choice, "deadline");
      assertThat(slots.active.leases()).isZero();
    }
  }

  @Test
  void givesEverySearchItsOwnIdAlsoAtOneInstant() {
    try (Slots slots = Slots.empty()) {
      Decider decider = decider(slots, new ArmAssignment(0, 0, ""), InstantSource.fixed(NOON));
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 1_000; i++) {
        ids.add(decider.decide(REQUEST, Deciders.PLAN, NOON).decision().getQueryId());
      }

      assertThat(ids).hasSize(1_000);
    }
  }

  private static void assertFallback(Slots slots, Choice.OneList choice, String reason) {
    assertThat(choice.rewrite()).isEmpty();
    assertThat(choice.decision().getArm()).isEqualTo("fallback");
    assertThat(choice.decision().getMode()).isEqualTo(DecisionMode.ASSIGNED);
    assertThat(choice.decision().getCandidates())
        .singleElement()
        .satisfies(candidate -> assertThat(candidate.getTrainable()).isFalse());
    assertThat(slots.metrics.fallbacks()).containsOnlyKeys(reason).containsValue(1L);
  }

  private static Choice.OneList decide(Slots slots, ArmAssignment arms) {
    return decider(slots, arms, InstantSource.fixed(NOON)).decide(REQUEST, Deciders.PLAN, NOON);
  }

  private static Decider decider(Slots slots, ArmAssignment arms, InstantSource clock) {
    return Deciders.of(slots).with(arms).with(clock).decider(1);
  }

  /** A salt under which the request's visitor meets an arm. */
  private static String visitorSalt(Arm wanted) {
    for (int salt = 0; ; salt++) {
      if (new ArmAssignment(.05, .15, "s" + salt).arm("client") == wanted) {
        return "s" + salt;
      }
    }
  }
}
