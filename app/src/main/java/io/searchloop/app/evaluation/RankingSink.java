package io.searchloop.app.evaluation;

import io.searchloop.search.engine.Hit;
import java.util.List;

/** Takes every ranking of an evaluation, query by query of one strategy after the other. */
@FunctionalInterface
public interface RankingSink {
  /** A ranking of at most a hundred products, best first. */
  void write(Strategy strategy, String queryId, List<Hit> hits);
}
