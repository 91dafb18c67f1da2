package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.simulation.SearchPage;
import io.searchloop.app.simulation.ShopperConfig;
import io.searchloop.app.simulation.SimulatedVisitor;
import io.searchloop.learning.bandit.ArmChoice;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Lets a policy choose for all searches of some traffic, in order of time. What a search earns
 * reaches the policy when the loop would know it, some of it twice. Visitors draw from generators
 * of their own, so two policies that choose alike earn alike.
 */
final class BanditRun {
  private static final double TWICE = .02;

  private final Shop shop;
  private final GradeScale scale;
  private final ShopperConfig shoppers;
  private final Attribution attribution;
  private final Map<Integer, Visit> visits = new HashMap<>();
  private final PriorityQueue<Attribution.Payment> due =
      new PriorityQueue<>(
          Comparator.comparing(Attribution.Payment::when)
              .thenComparing(Attribution.Payment::search)
              .thenComparing(Attribution.Payment::sequence));

  BanditRun(Shop shop, GradeScale scale, ShopperConfig shoppers, RewardConfig prices) {
    this.shop = shop;
    this.scale = scale;
    this.shoppers = shoppers;
    this.attribution = new Attribution(prices);
  }

  /** Runs all traffic; call once. */
  Course run(Traffic traffic, ArmPolicy policy, long seed) {
    RandomStreams streams = RandomStreams.of(seed);
    Course course = new Course();
    for (Traffic.Search search : traffic.searches()) {
      deliver(search.when(), policy, course);
      QueryArms arms = shop.arms(search);
      ArmChoice choice = policy.choose(search, arms, streams.choices());
      course.add(search, arms, choice);
      Visit visit = visits.computeIfAbsent(search.visitor(), v -> new Visit(v, streams.visitor(v)));
      visit.search(search, arms, arms.pages().get(choice.arm()));
      if (search.last()) {
        visits.remove(search.visitor());
        for (Attribution.Payment payment : attribution.pay(visit.decisions, visit.events)) {
          due.add(payment);
          if (streams.deliveries().nextDouble() < TWICE) {
            due.add(payment);
          }
        }
      }
    }
    deliver(Instant.MAX, policy, course);
    return course;
  }

  private void deliver(Instant until, ArmPolicy policy, Course course) {
    while (!due.isEmpty() && !due.element().when().isAfter(until)) {
      Attribution.Payment payment = due.remove();
      course.earn(payment);
      policy.observe(payment);
    }
  }

  /** What one visitor saw and did. */
  private final class Visit {
    private final String id;
    private final SplittableRandom random;
    private final SimulatedVisitor shopper;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<SearchEvent> events = new ArrayList<>();

    Visit(int visitor, SplittableRandom random) {
      this.id = "v" + visitor;
      this.random = random;
      this.shopper = new SimulatedVisitor(id, scale, shoppers, random);
    }

    void search(Traffic.Search search, QueryArms arms, List<String> products) {
      decisions.add(Attribution.decision(search.id(), id, search.when()));
      SearchPage page = new SearchPage(search.id(), "", -1, products);
      events.addAll(
          search.kind() == VisitorKind.SHOPPER
              ? shopper.react(arms.query(), page, search.when())
              : search.kind().react(id, page, search.when(), random));
    }
  }
}
