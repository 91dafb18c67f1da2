package io.searchloop.learning.oracle;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One search as an interval of event time: from its decision until its long window ends or a
 * verdict ends it. Ends are inclusive.
 */
final class SearchInterval {
  /** What its first impression settled. */
  private record Showing(long due, SearchAccount account) {}

  private final Decision decision;
  private long closes;
  private OptionalLong verdict = OptionalLong.empty();
  private long erased = Long.MAX_VALUE;
  private @Nullable Showing showing;
  private boolean neverCounted;
  private boolean rearranged;

  /**
   * @param closes last instant at which it can be shown
   */
  SearchInterval(Decision decision, long closes) {
    this.decision = decision;
    this.closes = closes;
  }

  String queryId() {
    return decision.getQueryId();
  }

  /** Asked in causal order, hence never of a time before the decision. */
  boolean open(long time) {
    return verdict.isEmpty() && time <= closes;
  }

  boolean shown() {
    return showing != null;
  }

  /**
   * Its first impression.
   *
   * @param config in force at the impression
   * @param withinCap whether the visitor's searches may still be trained on
   */
  void show(long time, RewardConfig config, boolean withinCap) {
    closes = time + config.getLongWindowMs();
    showing = new Showing(time + config.getShortWindowMs(), account(config, withinCap));
  }

  /** A multileaved page that the shopper sorts or filters no longer tells the lists apart. */
  void rearrange(boolean firstImpression) {
    if (decision.getMode() == DecisionMode.MULTILEAVED) {
      rearranged = true;
      neverCounted |= firstImpression;
    }
  }

  /** Whether an outcome that belongs to it now is priced. */
  boolean earns() {
    return showing != null && !rearranged && !showing.account().rollouts().isEmpty();
  }

  void settle(Outcome outcome, VisitorCap cap) {
    if (showing != null) {
      showing.account().settle(outcome, cap);
    }
  }

  /** A verdict on the visitor, while open. */
  void end(long time) {
    verdict = OptionalLong.of(time);
  }

  /** The visitor is erased, while it is open: what is not out by then never will be. */
  void erase(long time) {
    erased = time;
  }

  /**
   * Tuples that are certain at the watermark. A tuple due at the instant of a verdict or an erasure
   * is not out.
   */
  List<ExpectedTuple> tuples(long watermark) {
    if (showing == null || neverCounted) {
      return List.of();
    }
    long due = showing.due();
    if (due > watermark || due >= Math.min(erased, verdict.orElse(Long.MAX_VALUE))) {
      return List.of();
    }
    return showing.account().rollouts().stream()
        .flatMap(rollout -> rollout.tuples(due, verdict).stream())
        .toList();
  }

  private SearchAccount account(RewardConfig config, boolean withinCap) {
    Prices prices = new Prices(decision, config);
    return switch (decision.getMode()) {
      case ASSIGNED, HOLDOUT -> {
        Candidate served = decision.getCandidates().get(decision.getServed().get(0));
        yield new AssignedAccount(prices, rollout(served, withinCap));
      }
      case MULTILEAVED ->
          new PageAccount(
              prices,
              new PageCredit(decision),
              decision.getCandidates().stream().map(c -> rollout(c, withinCap)).toList());
      case ENGINE_ONLY, UNKNOWN -> SearchAccount.NONE;
    };
  }

  private Rollout rollout(Candidate candidate, boolean withinCap) {
    return new Rollout(queryId(), candidate.getRolloutId(), candidate.getTrainable() && withinCap);
  }
}
