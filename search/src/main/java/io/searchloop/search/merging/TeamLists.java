package io.searchloop.search.merging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The teams of one merge with their products as small numbers, so that a merge is arithmetic on
 * bits: bit {@code p} of {@code placed} says that product {@code p} is on the page, bit {@code t}
 * of {@code picked} that team {@code t} has picked in this round.
 *
 * @param products names of the products that any team may place, by number
 * @param lists numbers of each team's products in its order, no product twice in a list
 */
record TeamLists(List<String> products, List<int[]> lists) {

  /** Each list's first products, as many as every team is sure to place. */
  static TeamLists truncate(List<List<String>> lists, int depth) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> products = new ArrayList<>();
    List<int[]> truncated = new ArrayList<>();
    for (List<String> list : lists) {
      Stream<String> first = list.stream().distinct().limit(depth);
      truncated.add(first.mapToInt(name -> number(name, numbers, products)).toArray());
    }
    return new TeamLists(List.copyOf(products), List.copyOf(truncated));
  }

  private static int number(String name, Map<String, Integer> numbers, List<String> products) {
    return numbers.computeIfAbsent(
        name,
        unseen -> {
          products.add(unseen);
          return products.size() - 1;
        });
  }

  int teams() {
    return lists.size();
  }

  /** The first product of a team that is not placed yet; -1 when all are. */
  int next(int team, long placed) {
    for (int product : lists.get(team)) {
      if ((placed >>> product & 1) == 0) {
        return product;
      }
    }
    return -1;
  }

  /** Teams, as bits, that have not picked in this round and have something to pick. */
  int waiting(int picked, long placed) {
    int waiting = 0;
    for (int team = 0; team < teams(); team++) {
      if ((picked >>> team & 1) == 0 && next(team, placed) >= 0) {
        waiting |= 1 << team;
      }
    }
    return waiting;
  }

  /** Rank from one of each product in a team's list, 0 when the list lacks it; by number. */
  int[] ranks(int team) {
    int[] ranks = new int[products.size()];
    int[] list = lists.get(team);
    for (int i = 0; i < list.length; i++) {
      ranks[list[i]] = i + 1;
    }
    return ranks;
  }
}
