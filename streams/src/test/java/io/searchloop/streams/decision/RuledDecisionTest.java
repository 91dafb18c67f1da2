package io.searchloop.streams.decision;

import static io.searchloop.streams.testing.Deciders.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.rules.RulesFile;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuledDecisionTest {
  private static final RewriteRequest REQUEST = new RewriteRequest("red shoes", "c", "s", "");

  @TempDir private Path folder;
  private final Slots slots = Slots.filled();
  private final Deciders deciders = Deciders.of(slots);

  @AfterEach
  void close() {
    slots.close();
  }

  @Test
  void aRefusedRolloutIsServedAsTheQueryAndTeachesNothing() throws IOException {
    Decision free = deciders.decider(1).decide(REQUEST, Deciders.PLAN, NOON).decision();
    String rewrite = free.getCandidates().get(free.getServed().get(0)).getRewrite();

    Choice.OneList choice =
        ruled("block-rewrite " + rewrite).decider(1).decide(REQUEST, Deciders.PLAN, NOON);

    Decision decision = choice.decision();
    Candidate served = decision.getCandidates().get(decision.getServed().get(0));
    Candidate before = free.getCandidates().get(free.getServed().get(0));
    assertThat(choice.rewrite()).isEmpty();
    assertThat(decision.getServed()).isEqualTo(free.getServed());
    assertThat(decision.getAssignmentPropensity()).isEqualTo(.25);
    assertThat(served.getRefusedBy()).startsWith("block-rewrite ");
    assertThat(served.getTrainable()).isFalse();
    assertThat(served.getValid()).isTrue();
    assertThat(served.getLogProbs()).isEqualTo(before.getLogProbs());
    assertThat(decision.getCandidates())
        .filteredOn(candidate -> !candidate.getRewrite().equals(rewrite))
        .isNotEmpty()
        .allMatch(Candidate::getTrainable)
        .allMatch(candidate -> candidate.getRefusedBy().isEmpty());
    assertThat(slots.metrics.fallbacks()).containsExactly(Map.entry("refused_by_rule", 1L));
    assertThat(slots.metrics.ruled()).containsOnlyKeys("block_rewrite");
  }

  @Test
  void aRewriteMustKeepWhatTheRulesKeep() throws IOException {
    Choice.OneList choice = ruled("keep shoes").decider(1).decide(REQUEST, Deciders.PLAN, NOON);

    assertThat(choice.rewrite()).isEmpty();
    assertThat(choice.decision().getCandidates())
        .hasSize(4)
        .allMatch(candidate -> candidate.getRefusedBy().equals("keep shoes"))
        .noneMatch(Candidate::getTrainable);
    assertThat(slots.metrics.ruled()).containsExactly(Map.entry("keep", 4L));
  }

  @Test
  void aPinHoldsForEveryArmAndSamplesNothing() throws IOException {
    for (ArmAssignment arms :
        List.of(
            new ArmAssignment(0, 0, ""),
            new ArmAssignment(1, 0, ""),
            new ArmAssignment(0, 1, ""))) {
      Choice choice =
          ruled("pin Red Shoes => scarlet shoes")
              .with(arms)
              .with(new ModeMix(.5, .5))
              .decider(1)
              .decidePage(REQUEST, Deciders.PLAN, NOON);

      Decision decision = choice.oneList().decision();
      assertThat(choice.unseen()).isEmpty();
      assertThat(choice.oneList().rewrite()).contains("scarlet shoes");
      assertThat(decision.getMode()).isEqualTo(DecisionMode.ASSIGNED);
      assertThat(decision.getArm()).isEqualTo("pinned");
      assertThat(decision.getPolicyVersion()).isEqualTo(-1);
      assertThat(decision.getCandidates())
          .singleElement()
          .matches(candidate -> candidate.getRewrite().equals("scarlet shoes"))
          .matches(candidate -> !candidate.getTrainable());
    }
    assertThat(slots.metrics.ruled()).containsExactly(Map.entry("pin", 3L));
  }

  @Test
  void aQueryThatIsNeverRewrittenIsSearchedAsTyped() throws IOException {
    Choice.OneList choice =
        ruled("never-rewrite red shoes").decider(1).decide(REQUEST, Deciders.PLAN, NOON);

    assertThat(choice.rewrite()).isEmpty();
    assertThat(choice.decision().getMode()).isEqualTo(DecisionMode.HOLDOUT);
    assertThat(choice.decision().getArm()).isEqualTo("never-rewritten");
    assertThat(slots.metrics.fallbacks()).isEmpty();
  }

  @Test
  void theEngineIsNotAskedToJudgeWhatIsRefused() throws IOException {
    Deciders ruled = ruled("keep shoes").with(new ModeMix(0, 1));
    List<Decision> logged = new ArrayList<>();
    Choice choice = ruled.decider(1).decidePage(REQUEST, Deciders.PLAN, NOON);
    try (EngineOnlySampler sampler =
        new EngineOnlySampler(
            slots.active,
            CanaryTraffic.none(),
            ruled.candidates(),
            logged::add,
            ruled.clock(),
            slots.metrics,
            new DirectExecutor(),
            Duration.ZERO)) {
      sampler.submit(choice.unseen().orElseThrow());
    }

    assertThat(logged.get(0).getCandidates())
        .allMatch(candidate -> candidate.getRefusedBy().equals("keep shoes"))
        .noneMatch(Candidate::getTrainable);
  }

  private Deciders ruled(String rule) throws IOException {
    Path file = folder.resolve("shop.rules");
    Files.writeString(file, rule);
    return deciders.with(RuleBook.of(Optional.of(new RulesFile(file)), slots.metrics));
  }
}
