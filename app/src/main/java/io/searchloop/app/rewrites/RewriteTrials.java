package io.searchloop.app.rewrites;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.Welch;
import io.searchloop.streams.decision.Arm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares searches with a rewrite with searches of the same query without one. Which of them a
 * search became was drawn: by the visitor's arm, and among a policy's rollouts. Searches where it
 * was not drawn (fall-backs, pins) prove nothing and are left out, and counted. One thread.
 */
public final class RewriteTrials {
  private static final Set<String> AS_TYPED = Set.of(Arm.IDENTITY.label(), Arm.TAIL_IDENTITY);
  private static final Set<String> REWRITTEN =
      Set.of(Arm.POLICY.label(), Arm.CANARY.label(), Arm.REFERENCE.label());

  private static final Comparator<RewriteWin> SUREST =
      Comparator.comparingDouble((RewriteWin win) -> win.gain().low())
          .thenComparing(RewriteWin::query)
          .thenComparing(RewriteWin::rewrite);

  private final SearchRewards rewards;
  private final Optional<String> locale;
  private final Map<Question, Trials> byQuestion = new HashMap<>();
  private final Map<String, Long> leftOut = new TreeMap<>();

  /**
   * @param rewards of all searches
   * @param locale of the visitors that count; empty for all
   */
  public RewriteTrials(SearchRewards rewards, Optional<String> locale) {
    this.rewards = rewards;
    this.locale = locale;
  }

  /** Takes a decision in. */
  public void add(Decision decision) {
    Optional<String> useless = useless(decision);
    if (useless.isPresent()) {
      leftOut.merge(useless.get(), 1L, Long::sum);
      return;
    }
    String query = QueryText.normalise(decision.getQuery());
    String rewrite = rewrite(decision, query);
    Trials trials =
        byQuestion.computeIfAbsent(
            new Question(query, Combination.valueOf(decision.getCombination())),
            question -> new Trials());
    Outcomes outcomes =
        rewrite.equals(query)
            ? trials.typed
            : trials.rewritten.computeIfAbsent(rewrite, text -> new Outcomes());
    outcomes.add(decision, rewards.of(decision.getQueryId()).orElseThrow());
  }

  /** Decisions that were left out, by reason. */
  public Map<String, Long> leftOut() {
    return leftOut;
  }

  /**
   * Rewrites whose gain has its whole 95 % interval above zero.
   *
   * @param least searches with the rewrite, and without one, below which it is not judged
   */
  public RewriteWins wins(long least) {
    List<RewriteWin> best = new ArrayList<>();
    long queries = 0;
    long compared = 0;
    long winners = 0;
    for (Map.Entry<Question, Trials> entry : byQuestion.entrySet()) {
      List<RewriteWin> judged = judged(entry.getKey(), entry.getValue(), least);
      List<RewriteWin> won = judged.stream().filter(one -> one.gain().low() > 0).toList();
      queries += judged.isEmpty() ? 0 : 1;
      compared += judged.size();
      winners += won.size();
      won.stream().max(SUREST).ifPresent(best::add);
    }
    best.sort(SUREST.reversed());
    return new RewriteWins(best, queries, compared, winners - best.size());
  }

  private static List<RewriteWin> judged(Question question, Trials trials, long least) {
    if (trials.typed.searches() < least) {
      return List.of();
    }
    double[] typed = trials.typed.means();
    return trials.rewritten.entrySet().stream()
        .filter(entry -> entry.getValue().searches() >= least)
        .map(
            entry -> {
              Interval gain = Welch.difference(entry.getValue().means(), typed);
              return win(question, entry.getKey(), entry.getValue(), trials.typed, gain);
            })
        .toList();
  }

  private static RewriteWin win(
      Question question, String rewrite, Outcomes with, Outcomes without, Interval gain) {
    return new RewriteWin(
        question.query(),
        rewrite,
        question.combination(),
        with.weight(),
        with.searches(),
        with.visitors(),
        without.searches(),
        without.visitors(),
        gain,
        with.firstVersion(),
        with.lastVersion());
  }

  /** Why a decision says nothing of a rewrite. */
  private Optional<String> useless(Decision decision) {
    if (rewards.of(decision.getQueryId()).isEmpty()) {
      return Optional.of("without reward");
    }
    boolean typed = AS_TYPED.contains(decision.getArm());
    boolean drawn =
        decision.getMode() == DecisionMode.ASSIGNED && REWRITTEN.contains(decision.getArm());
    if (!typed && !drawn) {
      return Optional.of("arm " + decision.getArm());
    }
    if (locale.isPresent() && !locale.get().equals(decision.getLocale())) {
      return Optional.of("other locale");
    }
    if (decision.getCombination().isEmpty()) {
      return Optional.of("unknown combination");
    }
    Candidate served = served(decision);
    return served.getValid() && served.getRefusedBy().isEmpty()
        ? Optional.empty()
        : Optional.of("not searched as drawn");
  }

  private static String rewrite(Decision decision, String query) {
    return AS_TYPED.contains(decision.getArm())
        ? query
        : QueryText.normalise(served(decision).getRewrite());
  }

  private static Candidate served(Decision decision) {
    return decision.getCandidates().get(decision.getServed().get(0));
  }

  /** A query as it was searched: what helps a union need not help a replacement. */
  private record Question(String query, Combination combination) {}

  /** Searches of one question. */
  private static final class Trials {
    final Outcomes typed = new Outcomes();
    final Map<String, Outcomes> rewritten = new HashMap<>();
  }
}
