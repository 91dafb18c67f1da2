package io.searchloop.app.study.bandit;

import java.time.Instant;
import java.util.List;

/**
 * The catalogue as it is at any time: one table, and another from a change on.
 *
 * @param before until the change
 * @param after from then on
 * @param change {@link Instant#MAX} for never
 */
record Shop(ArmTable before, ArmTable after, Instant change) {

  static Shop unchanging(ArmTable table) {
    return new Shop(table, table, Instant.MAX);
  }

  QueryArms arms(Traffic.Search search) {
    List<QueryArms> table = at(search.when()).queries();
    return table.get(search.query());
  }

  ArmTable at(Instant time) {
    return time.isBefore(change) ? before : after;
  }
}
