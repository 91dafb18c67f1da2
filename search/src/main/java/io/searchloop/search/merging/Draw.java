package io.searchloop.search.merging;

import java.util.random.RandomGenerator;

/**
 * One random merge: every round each team places its best product that is not on the page yet, in
 * an order of teams drawn anew. Drawing the next team among those that still wait is the same as
 * shuffling the teams first.
 *
 * <p>Reused from merge to merge, so drawing allocates nothing; single thread.
 */
final class Draw {
  private final TeamLists lists;

  /** Product number by place, from zero. */
  final int[] products;

  /** Team that placed it. */
  final int[] teams;

  Draw(TeamLists lists) {
    this.lists = lists;
    this.products = new int[lists.products().size()];
    this.teams = new int[products.length];
  }

  /** Merges anew. Every product of every list is placed, whatever the order. */
  void merge(RandomGenerator random) {
    long placed = 0;
    int picked = 0;
    for (int place = 0; place < products.length; place++) {
      int waiting = lists.waiting(picked, placed);
      if (waiting == 0) {
        picked = 0;
        waiting = lists.waiting(picked, placed);
      }
      int team = setBit(waiting, random.nextInt(Integer.bitCount(waiting)));
      products[place] = lists.next(team, placed);
      teams[place] = team;
      placed |= 1L << products[place];
      picked |= 1 << team;
    }
  }

  /** Index of the n-th bit that is set, from zero. */
  private static int setBit(int bits, int n) {
    int rest = bits;
    for (int i = 0; i < n; i++) {
      rest &= rest - 1;
    }
    return Integer.numberOfTrailingZeros(rest);
  }
}
