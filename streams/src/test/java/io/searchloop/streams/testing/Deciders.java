package io.searchloop.streams.testing;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.decision.ArmAssignment;
import io.searchloop.streams.decision.CandidateSource;
import io.searchloop.streams.decision.Decider;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.decision.Prompts;
import io.searchloop.streams.decision.RequestRandom;
import io.searchloop.streams.decision.SearchPlan;
import io.searchloop.streams.decision.Traffic;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.slates.SlateMaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Deciders of tests, which differ in what a test is about.
 *
 * @param slots what they serve from
 * @param modes modes of the policy arm
 * @param stratum of every query
 * @param clock stamps decisions
 * @param rules of the shop
 */
public record Deciders(
    Slots slots,
    ArmAssignment arms,
    ModeMix modes,
    Stratum stratum,
    InstantSource clock,
    RuleBook rules) {
  public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  public static final long EPOCH = 2;
  public static final SearchPlan PLAN = plan("red shoes");
  public static final int CANDIDATES = 4;
  public static final int SLATE_SIZE = 6;
  public static final double TEMPERATURE = .9;

  /** What is searched for a query that no checker corrects. */
  public static SearchPlan plan(String query) {
    return new SearchPlan(EPOCH, SearchRule.DEFAULT.withoutCatalogue().of(query));
  }

  /** Every visitor in the policy arm, every query assigned and in the tail. */
  public static Deciders of(Slots slots) {
    return new Deciders(
        slots,
        new ArmAssignment(0, 0, ""),
        ModeMix.ASSIGNED_ONLY,
        Stratum.TAIL,
        InstantSource.fixed(NOON),
        RuleBook.of(Optional.empty(), slots.metrics));
  }

  public Deciders with(ArmAssignment others) {
    return new Deciders(slots, others, modes, stratum, clock, rules);
  }

  public Deciders with(ModeMix others) {
    return new Deciders(slots, arms, others, stratum, clock, rules);
  }

  public Deciders with(Stratum other) {
    return new Deciders(slots, arms, modes, other, clock, rules);
  }

  public Deciders with(InstantSource other) {
    return new Deciders(slots, arms, modes, stratum, other, rules);
  }

  public Deciders with(RuleBook other) {
    return new Deciders(slots, arms, modes, stratum, clock, other);
  }

  /** Where the deciders' candidates come from. */
  public CandidateSource candidates() {
    return new CandidateSource(
        new Prompts(Optional::empty),
        new RewriteSampler(new SamplerSettings(CANDIDATES, TEMPERATURE)),
        slots.slates,
        query -> stratum,
        slates()::fill,
        rules,
        slots.metrics);
  }

  /** Fills slates, which the slots' store has at once. */
  public SlateMaker slates() {
    return new SlateMaker(
        slots.active,
        () -> EPOCH,
        new Prompts(Optional::empty),
        new RewriteSampler(new SamplerSettings(CANDIDATES, TEMPERATURE)),
        SLATE_SIZE,
        slots.slates,
        new LoopedSlates(slots.slates),
        "test",
        clock,
        new SplittableRandom(1),
        slots.metrics);
  }

  /** A decider that begins with a seed. */
  public Decider decider(long seed) {
    return new Decider(
        new Traffic(arms, modes, query -> stratum),
        slots.active,
        slots.reference,
        candidates(),
        Duration.ofMillis(500),
        clock,
        new RequestRandom(new SplittableRandom(seed)),
        slots.metrics);
  }
}
