package io.searchloop.jobs.attribution;

import io.searchloop.learning.credit.PageCredit;
import io.searchloop.learning.event.Action;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.state.PageState;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How an outcome is shared out among the rollouts of its search. A search that showed one rollout
 * gives it everything; a multileaved page pays each rollout for a click what its own list would
 * have been worth, and notes purchases as preference. Rules: docs/attribution.md, "Multileaved
 * pages".
 */
@FunctionalInterface
interface Shares {
  /** What the outcome changes for the rollout at an index. */
  RewardTuples.Change of(int rollout);

  static Shares of(SearchState search, Action action, String product, Map<String, Long> terms) {
    long total = terms.values().stream().mapToLong(Long::longValue).sum();
    if (!search.getPageMode()) {
      return rollout -> new RewardTuples.Change(total, 0, terms);
    }
    PageCredit credit = credit(search, Objects.requireNonNull(search.getPage()));
    if (action == Action.CLICK) {
      return rollout -> {
        long share = Math.round(total * credit.weight(rollout, product));
        return new RewardTuples.Change(share, 0, Map.of(Action.CLICK.wireName(), share));
      };
    }
    return rollout ->
        new RewardTuples.Change(0, credit.listed(rollout, product) ? total : 0, Map.of());
  }

  private static PageCredit credit(SearchState search, PageState page) {
    List<Candidate> candidates = new ArrayList<>();
    List<RolloutState> rollouts = search.getRollouts();
    for (int i = 0; i < rollouts.size(); i++) {
      candidates.add(
          Candidate.newBuilder()
              .setRolloutId(rollouts.get(i).getRolloutId())
              .setRanks(page.getRanks().get(i))
              .build());
    }
    return PageCredit.of(
        Decision.newBuilder()
            .setMode(DecisionMode.MULTILEAVED)
            .setPage(page.getProducts())
            .setExamination(page.getExamination())
            .setExposure(page.getExposure())
            .setCandidates(candidates)
            .build());
  }
}
