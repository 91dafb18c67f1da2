package io.searchloop.app.study.bandit;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A policy that never runs while the log is written.
 *
 * @param name what it does, for tables
 * @param rule its arm for a query
 */
record TargetRule(String name, ToIntFunction<QueryArms> rule) {

  /** The rules of the study; an arm that the plan lacks is identity. */
  static List<TargetRule> of(BanditPlan plan) {
    int spelling = Math.max(0, plan.arms().indexOf("spell"));
    int synonyms = Math.max(0, plan.arms().indexOf("synonyms"));
    int neural = Math.max(0, plan.arms().indexOf(BanditPlan.NEURAL));
    return List.of(
        new TargetRule(
            "spelling of unknown words, neural for few results, else synonyms",
            arms ->
                switch (arms.kind()) {
                  case UNKNOWN_WORD -> spelling;
                  case FEW_RESULTS -> neural;
                  case SHORT, OTHER -> synonyms;
                }),
        new TargetRule("synonyms for all", arms -> synonyms));
  }
}
