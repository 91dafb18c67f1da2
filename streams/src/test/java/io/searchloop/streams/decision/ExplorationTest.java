package io.searchloop.streams.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  private static final RewriteRequest REQUEST =
      new RewriteRequest("red shoes", "client", "session", "en-GB");
  private static final double HOT = 2;

  private final RewriteSampler scorer = new RewriteSampler(new SamplerSettings(1, 1));

  @Test
  void logsTheTemperatureAndTheLogProbabilitiesOfTheSamplerThatDrew() {
    try (Slots slots = Slots.filled()) {
      Decider decider = decider(slots, new Exploration(.3, HOT), new ArmAssignment(0, 0, ""));
      int explored = 0;
      for (int i = 0; i < 300; i++) {
        Decision decision = decider.decide(REQUEST, Deciders.PLAN, Deciders.NOON).decision();
        assertThat(decision.getTemperature()).isIn(Deciders.TEMPERATURE, HOT);
        explored += decision.getTemperature() == HOT ? 1 : 0;
        requireScores(slots, decision);
      }
      assertThat(explored).isBetween(60, 120);
    }
  }

  @Test
  void leavesTheOtherArmsAlone() {
    try (Slots slots = Slots.filled()) {
      Decider decider = decider(slots, new Exploration(1, HOT), new ArmAssignment(0, 1, ""));

      Decision decision = decider.decide(REQUEST, Deciders.PLAN, Deciders.NOON).decision();
      assertThat(decision.getArm()).isEqualTo("reference");
      assertThat(decision.getTemperature()).isEqualTo(Deciders.TEMPERATURE);
    }
  }

  @Test
  void aShareOfNoneChangesNothing() {
    try (Slots slots = Slots.filled()) {
      ArmAssignment everyone = new ArmAssignment(0, 0, "");

      assertThat(
              decider(slots, new Exploration(0, HOT), everyone)
                  .decide(REQUEST, Deciders.PLAN, Deciders.NOON))
          .isEqualTo(
              decider(slots, Exploration.NONE, everyone)
                  .decide(REQUEST, Deciders.PLAN, Deciders.NOON));
    }
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatThrownBy(() -> new Exploration(1.5, 1)).hasMessageContaining("share 1.5");
    assertThatThrownBy(() -> new Exploration(.1, 0)).hasMessageContaining("temperature 0.0");
  }

  private void requireScores(Slots slots, Decision decision) {
    try (PolicyLease lease = slots.active.acquire().orElseThrow()) {
      for (Candidate candidate : decision.getCandidates()) {
        assertThat(Packed.floats(candidate.getLogProbs()))
            .containsExactly(
                scorer.score(
                    lease.policy(),
                    Packed.ints(decision.getPromptTokens()),
                    Packed.ints(candidate.getTokenIds()),
                    decision.getTemperature()),
                within(1e-3f));
      }
    }
  }

  private static Decider decider(Slots slots, Exploration exploration, ArmAssignment arms) {
    return new Decider(
        new Traffic(
            arms, ModeMix.ASSIGNED_ONLY, query -> Stratum.TAIL, CanaryTraffic.none(), exploration),
        slots.active,
        slots.reference,
        Deciders.of(slots).candidates(),
        Duration.ofMillis(500),
        InstantSource.fixed(Deciders.NOON),
        new RequestRandom(new SplittableRandom(5)),
        slots.metrics);
  }
}
