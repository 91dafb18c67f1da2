package io.searchloop.streams.decision;

import static io.searchloop.streams.testing.Releases.canary;
import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.control.Candidate;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CanaryTrafficTest {
  private static final long TRIED = 5;
  private static final int VISITORS = 20_000;

  private final Slots slots = Slots.filled();

  @AfterEach
  void close() {
    slots.close();
  }

  @Test
  void keepsVisitorsAsTheShareGrowsAndIsTheSameOnEveryWorker() {
    CanaryTraffic one = traffic("salt", at(5));
    CanaryTraffic other = traffic("salt", at(5));
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      String key = "v" + visitor;
      assertThat(other.meets(key, at(5))).isEqualTo(one.meets(key, at(5)));
      if (one.meets(key, at(5))) {
        assertThat(one.meets(key, at(25))).isTrue();
      }
    }
    assertThat(share(one, at(5))).isCloseTo(.05, within(.005));
    assertThat(share(one, at(25))).isCloseTo(.25, within(.01));
    assertThat(share(one, at(100))).isEqualTo(1);
    assertThat(share(one, new Candidate(TRIED, Candidate.Stage.SHADOW, 0))).isZero();
  }

  @Test
  void meetsOtherVisitorsWithTheNextCandidate() {
    CanaryTraffic traffic = traffic("salt", at(50));
    Candidate next = new Candidate(9, Candidate.Stage.CANARY, 50);

    long both =
        IntStream.range(0, VISITORS)
            .filter(v -> traffic.meets("v" + v, at(50)) && traffic.meets("v" + v, next))
            .count();
    assertThat((double) both / VISITORS).isCloseTo(.25, within(.015));
  }

  @Test
  void servesAndLogsTheCandidateToItsVisitors() {
    tryCandidate(50);
    Decider decider = decider(0);
    List<Decision> canaries = new ArrayList<>();
    List<Decision> controls = new ArrayList<>();
    for (int visitor = 0; visitor < 60; visitor++) {
      Decision decision = decide(decider, visitor);
      (decision.getArm().equals("canary") ? canaries : controls).add(decision);
    }

    assertThat(canaries)
        .hasSizeBetween(15, 45)
        .allSatisfy(
            decision -> {
              assertThat(decision.getPolicyVersion()).isEqualTo(TRIED);
              assertThat(decision.getAssignedArm()).isEqualTo("canary");
              assertThat(decision.getCandidates())
                  .allMatch(io.searchloop.schemas.Candidate::getTrainable);
              assertThat(decision.getLatencyMs()).isZero(); // the clock stands still
            });
    assertThat(controls)
        .allSatisfy(
            decision -> {
              assertThat(decision.getPolicyVersion()).isEqualTo(Slots.VERSION);
              assertThat(decision.getAssignedArm()).isEqualTo("policy");
            });
    List<Decision> all = new ArrayList<>(canaries);
    all.addAll(controls);
    assertThat(all)
        .allSatisfy(
            decision -> {
              assertThat(decision.getArmPropensity()).isEqualTo(.5);
              assertThat(decision.getCandidateVersion()).isEqualTo(TRIED);
              assertThat(decision.getCandidatePercent()).isEqualTo(50);
            });
  }

  @Test
  void answersWithTheActiveReleaseWhereTheCandidateIsMissing() {
    tryCandidate(100);
    slots.candidate.close();
    Decision decision = decide(decider(0), 1);

    assertThat(decision.getArm()).isEqualTo("policy");
    assertThat(decision.getPolicyVersion()).isEqualTo(Slots.VERSION);
    assertThat(decision.getAssignedArm()).isEqualTo("canary"); // the comparison counts it there
    assertThat(slots.metrics.fallbacks()).containsEntry("no_candidate", 1L);
  }

  /** The slot follows the control log a moment before the status that visitors are assigned by. */
  @Test
  void answersWithTheActiveReleaseWhereTheSlotHoldsAnotherCandidate() {
    tryCandidate(100);
    Candidate before = new Candidate(TRIED + 2, Candidate.Stage.CANARY, 100);
    Decision decision = decide(decider(() -> before, 0), 1);

    assertThat(decision.getPolicyVersion()).isEqualTo(Slots.VERSION);
    assertThat(decision.getCandidateVersion()).isEqualTo(before.version());
    assertThat(slots.metrics.fallbacks()).containsEntry("no_candidate", 1L);
  }

  @Test
  void samplesAShadowAfterTheShopperWasAnswered() {
    slots.activator.release(TRIED, released(manifest("tried", -1, 1, TinyPolicy.artifact(1))));
    slots.activator.control(1, control(ControlAction.SHADOW, TRIED, 0));
    slots.activator.settle();
    List<Decision> logged = new ArrayList<>();
    Choice choice = decider(1).decidePage(request(1), Deciders.PLAN, Deciders.NOON);
    try (EngineOnlySampler sampler =
        new EngineOnlySampler(
            slots.active,
            traffic("", slots.activator.status().head().candidate()),
            Deciders.of(slots).candidates(),
            logged::add,
            InstantSource.fixed(Deciders.NOON),
            slots.metrics,
            new DirectExecutor(),
            Duration.ofSeconds(1))) {
      choice.unseen().ifPresent(sampler::submit);
    }

    Decision shown = choice.oneList().decision();
    assertThat(shown.getPolicyVersion()).isEqualTo(Slots.VERSION);
    assertThat(shown.getCandidateVersion()).isEqualTo(-1);
    assertThat(logged)
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.getMode()).isEqualTo(DecisionMode.ENGINE_ONLY);
              assertThat(decision.getArm()).isEqualTo("shadow");
              assertThat(decision.getQueryId()).isEqualTo(shown.getQueryId() + "!shadow");
              assertThat(decision.getPolicyVersion()).isEqualTo(TRIED);
              assertThat(decision.getCandidates())
                  .noneMatch(io.searchloop.schemas.Candidate::getTrainable);
            });
    assertThat(slots.metrics.engineOnly()).containsEntry("shadow", 1L);
    assertThat(decider(0).decidePage(request(1), Deciders.PLAN, Deciders.NOON).unseen()).isEmpty();
  }

  private void tryCandidate(int percent) {
    slots.activator.release(TRIED, released(manifest("tried", -1, 1, TinyPolicy.artifact(1))));
    slots.activator.control(1, canary(TRIED, percent, 0));
    slots.activator.settle();
  }

  private static Decision decide(Decider decider, int visitor) {
    return decider.decidePage(request(visitor), Deciders.PLAN, Deciders.NOON).oneList().decision();
  }

  private static RewriteRequest request(int visitor) {
    return new RewriteRequest("red shoes", "v" + visitor, "", "en-GB");
  }

  private Decider decider(double shadowShare) {
    return decider(() -> slots.activator.status().head().candidate(), shadowShare);
  }

  private Decider decider(Supplier<Candidate> trial, double shadowShare) {
    CanaryTraffic canary = CanaryTraffic.of(trial, slots.candidate, "", shadowShare);
    return new Decider(
        new Traffic(
            new ArmAssignment(0, 0, ""),
            ModeMix.ASSIGNED_ONLY,
            query -> Stratum.TAIL,
            canary,
            Exploration.NONE),
        slots.active,
        slots.reference,
        Deciders.of(slots).candidates(),
        Duration.ofMillis(500),
        InstantSource.fixed(Deciders.NOON),
        new RequestRandom(new SplittableRandom(1)),
        slots.metrics);
  }

  private CanaryTraffic traffic(String salt, Candidate candidate) {
    return CanaryTraffic.of(() -> candidate, slots.candidate, salt, 1);
  }

  private static Candidate at(int percent) {
    return new Candidate(TRIED, Candidate.Stage.CANARY, percent);
  }

  private static double share(CanaryTraffic traffic, Candidate candidate) {
    return IntStream.range(0, VISITORS).filter(v -> traffic.meets("v" + v, candidate)).count()
        / (double) VISITORS;
  }
}
