package io.searchloop.search.merging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Exposure straight from the definition, as a check: every round has every order of the teams,
 * equally likely, and a team without products passes. Shares no code with the merge.
 */
final class EveryOrder {
  private final TeamLists lists;
  private final ExaminationCurve curve;
  private final List<List<Integer>> orders;
  private final double[] exposure;

  private EveryOrder(TeamLists lists, ExaminationCurve curve) {
    this.lists = lists;
    this.curve = curve;
    this.orders = orders(lists.teams());
    this.exposure = new double[lists.products().size()];
  }

  static double[] exposure(TeamLists lists, ExaminationCurve curve) {
    EveryOrder all = new EveryOrder(lists, curve);
    all.round(new LinkedHashSet<>(), 1);
    return all.exposure;
  }

  private void round(Set<Integer> page, double probability) {
    if (page.size() == exposure.length) {
      int position = 1;
      for (int product : page) {
        exposure[product] += probability * curve.at(position++);
      }
      return;
    }
    for (List<Integer> order : orders) {
      Set<Integer> longer = new LinkedHashSet<>(page);
      for (int team : order) {
        Arrays.stream(lists.lists().get(team))
            .filter(product -> !longer.contains(product))
            .findFirst()
            .ifPresent(longer::add);
      }
      round(longer, probability / orders.size());
    }
  }

  private static List<List<Integer>> orders(int teams) {
    if (teams == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> longer = new ArrayList<>();
    for (List<Integer> order : orders(teams - 1)) {
      for (int at = 0; at < teams; at++) {
        List<Integer> with = new ArrayList<>(order);
        with.add(at, teams - 1);
        longer.add(with);
      }
    }
    return longer;
  }
}
