package io.searchloop.jobs.attribution;

import io.searchloop.learning.credit.PageCredit;
import io.searchloop.learning.event.Action;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
import java.util.Map;

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

  static Shares of(
      SearchState search,
      SearchDetails details,
      Action action,
      String product,
      Map<String, Long> terms) {
    long total = sum(terms);
    if (!search.getPageMode()) {
      return rollout -> new RewardTuples.Change(total, 0, terms);
    }
    PageCredit credit = credit(details.page(search));
    if (action == Action.CLICK) {
      return rollout -> {
        long share = Math.round(total * credit.weight(rollout, product));
        return new RewardTuples.Change(share, 0, Map.of(Action.CLICK.wireName(), share));
      };
    }
    return rollout ->
        new RewardTuples.Change(0, credit.listed(rollout, product) ? total : 0, Map.of());
  }

  private static long sum(Map<String, Long> terms) {
    long sum = 0;
    for (long micros : terms.values()) {
      sum += micros;
    }
    return sum;
  }

  private static PageCredit credit(SearchPage page) {
    return PageCredit.of(
        page.getProducts(), page.getRanks(), page.getExamination(), page.getExposure());
  }
}
