package io.searchloop.trainer.publish;

import io.searchloop.schemas.LearningMetrics;

/** Where the points of the learning curve go. A lost point never stops training. */
public interface LearningCurve extends AutoCloseable {
  void add(LearningMetrics point);

  @Override
  void close();
}
