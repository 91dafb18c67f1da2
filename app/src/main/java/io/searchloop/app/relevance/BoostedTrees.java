package io.searchloop.app.relevance;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;

/**
 * Gradient-boosted trees (LightGBM: Ke et al., NeurIPS 2017) over the rows that {@link Feature}
 * writes. Native memory until {@link #close}; any thread until then.
 */
final class BoostedTrees implements AutoCloseable {
  private static final String ONE_THREAD = "num_threads=1";

  private final LGBMBooster booster;

  private BoostedTrees(LGBMBooster booster) {
    this.booster = booster;
  }

  /** Reads trees as {@link TreeTrainer} wrote them. */
  static BoostedTrees parse(String text) {
    LightGbm.load();
    try {
      return new BoostedTrees(LGBMBooster.loadModelFromString(text));
    } catch (LGBMException e) {
      throw new IllegalArgumentException(
          "Trees of %d characters could not be read by LightGBM. Train the model again."
              .formatted(text.length()),
          e);
    }
  }

  /**
   * What the trees say of each row.
   *
   * @param rows shape (rows, features), one row after the other
   * @return shape (rows), each 0 to 1
   */
  double[] predict(float[] rows) {
    int count = rows.length / Feature.count();
    if (count == 0) {
      return new double[0];
    }
    try {
      return booster.predictForMat(
          rows, count, Feature.count(), true, PredictionType.C_API_PREDICT_NORMAL, ONE_THREAD);
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM could not score %d rows".formatted(count), e);
    }
  }

  @Override
  public void close() {
    try {
      booster.close();
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM could not free its trees", e);
    }
  }
}
