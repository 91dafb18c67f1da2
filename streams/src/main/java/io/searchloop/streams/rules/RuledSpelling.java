package io.searchloop.streams.rules;

import io.searchloop.search.arms.RewriteArm;
import java.util.function.BiPredicate;

/**
 * A spelling checker that leaves a query alone where the correction is not allowed.
 *
 * @param checker corrects
 * @param allowed whether a query may become a correction
 */
record RuledSpelling(RewriteArm checker, BiPredicate<String, String> allowed)
    implements RewriteArm {
  @Override
  public String name() {
    return checker.name();
  }

  @Override
  public String rewrite(String query) {
    String corrected = checker.rewrite(query);
    return corrected.equals(query) || allowed.test(query, corrected) ? corrected : query;
  }
}
