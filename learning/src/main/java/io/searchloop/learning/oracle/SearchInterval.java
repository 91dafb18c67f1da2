package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** One search as an interval of event time, from its decision until its long window ends. */
final class SearchInterval {
  /** Something attributed to the search. */
  record Outcome(long time, Action action, SearchEvent event) {}

  private record Change(long time, double reward) {}

  private final Decision decision;
  private final long opens;
  private final long closes;
  private final OptionalLong firstShown;
  private final List<Outcome> outcomes = new ArrayList<>();

  SearchInterval(Decision decision, List<Long> impressions, long longWindowMs) {
    this.decision = decision;
    this.opens = decision.getTimestamp().toEpochMilli();
    this.firstShown =
        impressions.stream()
            .mapToLong(Long::longValue)
            .filter(time -> time >= opens && time <= opens + longWindowMs)
            .min();
    this.closes = firstShown.orElse(opens) + longWindowMs;
  }

  String queryId() {
    return decision.getQueryId();
  }

  boolean open(long time) {
    return opens <= time && time <= closes;
  }

  boolean shown(long time) {
    return firstShown.isPresent() && firstShown.getAsLong() <= time;
  }

  /** Outcomes in causal order, filled by the history. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  /** Tuples that are certain at the watermark. */
  List<ExpectedTuple> tuples(RewardConfig config, long watermark) {
    boolean rewarded =
        decision.getMode() == DecisionMode.ASSIGNED || decision.getMode() == DecisionMode.HOLDOUT;
    if (!rewarded || firstShown.isEmpty()) {
      return List.of();
    }
    long due = firstShown.getAsLong() + config.getShortWindowMs();
    if (due > watermark) {
      return List.of();
    }
    String rolloutId = decision.getCandidates().get(decision.getServed().get(0)).getRolloutId();
    List<Change> changes = changes(config);
    double base = changes.stream().filter(c -> c.time() <= due).mapToDouble(Change::reward).sum();
    List<ExpectedTuple> tuples = new ArrayList<>();
    tuples.add(new ExpectedTuple(rolloutId, 0, base));
    changes.stream()
        .filter(change -> change.time() > due)
        .forEach(c -> tuples.add(new ExpectedTuple(rolloutId, tuples.size(), c.reward())));
    return tuples;
  }

  /** Non-zero changes of the reward in causal order. */
  private List<Change> changes(RewardConfig config) {
    List<Change> changes = new ArrayList<>();
    Set<String> clicked = new HashSet<>();
    Set<String> inCart = new HashSet<>();
    Set<String> refunded = new HashSet<>();
    for (Outcome outcome : outcomes) {
      String product = outcome.event().getObjectId();
      double reward =
          switch (outcome.action()) {
            case QUERY, IMPRESSION -> 0;
            case CLICK -> clicked.add(product) ? config.getClick() : 0;
            case ADD_TO_CART -> inCart.add(product) ? config.getAddToCart() : 0;
            case REMOVE_FROM_CART -> inCart.remove(product) ? -config.getAddToCart() : 0;
            case PURCHASE -> config.getPurchase();
            case REFUND ->
                refunded.add(VisitorHistory.line(outcome.event())) ? -config.getPurchase() : 0;
          };
      if (reward != 0) {
        changes.add(new Change(outcome.time(), reward));
      }
    }
    return changes;
  }
}
