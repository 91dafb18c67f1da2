package io.searchloop.app.study.bandit;

import io.searchloop.learning.bandit.ArmChoice;
import io.searchloop.learning.bandit.BanditConfig;
import io.searchloop.learning.bandit.Context;
import io.searchloop.learning.bandit.ThompsonBandit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** Gives searches arms, and may learn from what they earn. */
interface ArmPolicy {

  /** The arm of a search. */
  ArmChoice choose(Traffic.Search search, QueryArms arms, RandomGenerator random);

  /** What a search earned. */
  void observe(Attribution.Payment payment);

  /** A rule that never learns. */
  static ArmPolicy fixed(ToIntFunction<QueryArms> rule) {
    return new Fixed(rule);
  }

  /**
   * A bandit that knows kinds of search, but no queries.
   *
   * @param until when it stops learning
   */
  static Learning byKind(BanditConfig config, Instant until) {
    return new Learning(new ThompsonBandit(config), arms -> Context.of(arms.choice()), until);
  }

  /** Probabilities of a rule: all on one choice. */
  static List<Double> certain(QueryArms arms, int arm) {
    List<Double> propensities = new ArrayList<>(Collections.nCopies(arms.pages().size(), 0.0));
    propensities.set(arms.representatives().get(arm), 1.0);
    return propensities;
  }

  /** Always the arm that a rule says. */
  record Fixed(ToIntFunction<QueryArms> rule) implements ArmPolicy {
    @Override
    public ArmChoice choose(Traffic.Search search, QueryArms arms, RandomGenerator random) {
      int arm = rule.applyAsInt(arms);
      return new ArmChoice(
          search.id(), Context.NONE, arms.representatives().get(arm), certain(arms, arm));
    }

    @Override
    public void observe(Attribution.Payment payment) {}
  }

  /**
   * What a bandit says.
   *
   * @param context kinds of search, from wide to narrow
   * @param until when it stops learning
   */
  record Learning(ThompsonBandit bandit, Function<QueryArms, Context> context, Instant until)
      implements ArmPolicy {
    @Override
    public ArmChoice choose(Traffic.Search search, QueryArms arms, RandomGenerator random) {
      Instant knows = search.when().isBefore(until) ? search.when() : until;
      return bandit.choose(search.id(), context.apply(arms), arms.available(), knows, random);
    }

    @Override
    public void observe(Attribution.Payment payment) {
      if (payment.when().isBefore(until)) {
        bandit.observe(payment.search(), payment.sequence(), payment.reward());
      }
    }
  }
}
