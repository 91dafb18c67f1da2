package io.searchloop.trainer.publish;

import java.util.List;

/**
 * Judged queries on which a release must not lose against the queries as typed. Given from outside:
 * the trainer knows no search engine. Only judgments that training may see belong here; what a
 * policy is evaluated on stays unseen.
 */
public interface GoldenSet {
  /** No golden set: nothing is asked, nothing is refused. */
  GoldenSet NONE =
      new GoldenSet() {
        @Override
        public List<String> queries() {
          return List.of();
        }

        @Override
        public double ndcg(List<String> rewrites) {
          return 0;
        }
      };

  /** Queries as typed; equal each time. */
  List<String> queries();

  /**
   * Mean nDCG@10, in [0, 1], of what is found when each query is rewritten.
   *
   * @param rewrites one for each of {@link #queries}, the query itself where there is none
   */
  double ndcg(List<String> rewrites);
}
