package io.searchloop.app.rewrites;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewriteTrialsTest {
  private final SearchRewards rewards = new SearchRewards();
  private final RewriteTrials trials = new RewriteTrials(rewards, Optional.empty());
  private int searches;

  @Test
  void findsTheRewriteThatEarnsMoreThanTheQuery() {
    for (int i = 0; i < 60; i++) {
      search("identity", "couch", "couch", i % 2);
      search("policy", "Couch", "sofa", 3 + i % 2);
      search("policy", "couch", "couch bed", 1.5 + i % 2);
      search("policy", "couch", "table", i % 2);
    }

    RewriteWins found = trials.wins(50);

    assertThat(found.queries()).isEqualTo(1);
    assertThat(found.compared()).isEqualTo(3);
    assertThat(found.seconds()).isEqualTo(1);
    assertThat(found.wins())
        .singleElement()
        .satisfies(
            win -> {
              assertThat(win.query()).isEqualTo("couch");
              assertThat(win.rewrite()).isEqualTo("sofa");
              assertThat(win.searches()).isEqualTo(60);
              assertThat(win.gain().mean()).isEqualTo(3);
              assertThat(win.gain().low()).isBetween(2.8, 2.9);
              assertThat(win.weight()).isEqualTo(.35);
              assertThat(win.firstVersion()).isEqualTo(7);
            });
  }

  @Test
  void judgesNothingThatTooFewSearchesShow() {
    for (int i = 0; i < 49; i++) {
      search("identity", "couch", "couch", 0);
      search("policy", "couch", "sofa", 9 + i % 2);
    }

    assertThat(trials.wins(50).compared()).isZero();
    assertThat(trials.wins(49).wins()).hasSize(1);
  }

  @Test
  void countsAVisitorOnceHoweverOftenItSearches() {
    for (int i = 0; i < 60; i++) {
      search("identity", "couch", "couch", i % 2);
      add(decision("policy", "couch", "sofa").setClientId("one"), 9);
    }

    RewriteWins found = trials.wins(50);

    assertThat(found.compared()).isEqualTo(1);
    assertThat(found.wins()).isEmpty();
  }

  @Test
  void aRolloutThatRepeatsTheQueryIsASearchAsTyped() {
    for (int i = 0; i < 60; i++) {
      search("policy", "couch", " COUCH", i % 2);
      search("policy", "couch", "sofa", 3 + i % 2);
    }

    assertThat(trials.wins(50).wins()).hasSize(1);
  }

  @Test
  void leavesOutWhatWasNotDrawn() {
    search("fallback", "couch", "couch", 1);
    search("pinned", "couch", "sofa", 1);
    trials.add(decision("policy", "couch", "sofa").build());
    Decision refused = decision("policy", "couch", "sofa").build();
    refused.getCandidates().get(0).put("refused_by", "block sofa");
    add(Decision.newBuilder(refused), 1);
    add(decision("policy", "couch", "sofa").setMode(DecisionMode.MULTILEAVED), 1);
    add(decision("policy", "couch", "sofa").setCombination(""), 1);

    assertThat(trials.leftOut())
        .isEqualTo(
            Map.of(
                "arm fallback", 1L,
                "arm pinned", 1L,
                "arm policy", 1L,
                "without reward", 1L,
                "not searched as drawn", 1L,
                "unknown combination", 1L));
    assertThat(trials.wins(1).compared()).isZero();
  }

  @Test
  void takesCorrectionsOfARewardBackAndLeavesThePageAndTheEngineApart() {
    SearchRewards sums = new SearchRewards();
    sums.add(tuple("q", TupleOrigin.ASSIGNED, 5));
    sums.add(tuple("q", TupleOrigin.ASSIGNED, -2));
    sums.add(tuple("q", TupleOrigin.ENGINE, 9));

    assertThat(sums.of("q")).hasValue(3);
    assertThat(sums.of("other")).isEmpty();
  }

  private void search(String arm, String query, String rewrite, double reward) {
    add(decision(arm, query, rewrite), reward);
  }

  private void add(Decision.Builder decision, double reward) {
    Decision made = decision.build();
    rewards.add(tuple(made.getQueryId(), TupleOrigin.ASSIGNED, reward));
    trials.add(made);
  }

  private Decision.Builder decision(String arm, String query, String rewrite) {
    searches++;
    boolean identity = arm.equals("identity");
    return Decision.newBuilder()
        .setQueryId("q" + searches)
        .setClientId("client-" + searches)
        .setQuery(query)
        .setMode(identity ? DecisionMode.HOLDOUT : DecisionMode.ASSIGNED)
        .setArm(arm)
        .setPolicyVersion(identity ? -1 : 7)
        .setCombination("UNION")
        .setRewriteWeight(.35)
        .setCandidates(List.of(Candidate.newBuilder().setRewrite(rewrite).setValid(true).build()))
        .setServed(List.of(0));
  }

  private static RewardTuple tuple(String queryId, TupleOrigin origin, double reward) {
    return RewardTuple.newBuilder().setQueryId(queryId).setOrigin(origin).setReward(reward).build();
  }
}
