package io.searchloop.learning.oracle;

import java.util.List;

/** Prices the outcomes of one shown search and credits its rollouts. */
interface SearchAccount {
  /** A search that showed no rollout: outcomes belong to it and earn nothing. */
  SearchAccount NONE =
      new SearchAccount() {
        @Override
        public void settle(Outcome outcome, VisitorCap cap) {}

        @Override
        public List<Rollout> rollouts() {
          return List.of();
        }
      };

  /** Prices the next outcome, in causal order over all searches of the visitor. */
  void settle(Outcome outcome, VisitorCap cap);

  /** Those credited. */
  List<Rollout> rollouts();
}
