package io.searchloop.app.relevance;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import org.jspecify.annotations.Nullable;

/**
 * Fits trees to grades by cross entropy, -(y ln f + (1 - y) ln(1 - f)), y in [0,1]: what they say
 * is the expected grade as a share, comparable between queries. Training ends when watched rows
 * have not gained for {@value #PATIENCE} rounds, and the best round counts. One thread of LightGBM,
 * and its deterministic mode: the same rows and seed give the same trees.
 */
final class TreeTrainer {
  private static final int MOST_ROUNDS = 1500;
  private static final int PATIENCE = 60;
  private static final String SETTINGS =
      "objective=cross_entropy learning_rate=0.05 num_leaves=31 min_data_in_leaf=40"
          + " feature_fraction=0.6 bagging_fraction=0.8 bagging_freq=1"
          + " num_threads=1 deterministic=true force_row_wise=true verbosity=-1 seed=";

  private final String settings;

  TreeTrainer(long seed) {
    this.settings = SETTINGS + Math.floorMod(seed, Integer.MAX_VALUE);
  }

  /**
   * Trains.
   *
   * @param fitted rows that are learned from
   * @param watched rows that say when to stop
   */
  FittedTrees fit(TrainingRows fitted, TrainingRows watched) {
    LightGbm.load();
    try (LGBMDataset lessons = dataset(fitted, null);
        LGBMDataset watch = dataset(watched, lessons);
        LGBMBooster booster = LGBMBooster.create(lessons, settings)) {
      booster.addValidData(watch);
      return boost(booster);
    } catch (LGBMException e) {
      throw new IllegalStateException(
          "LightGBM could not learn from %d rows".formatted(fitted.size()), e);
    }
  }

  private static FittedTrees boost(LGBMBooster booster) throws LGBMException {
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    boolean exhausted = false;
    for (int round = 1; round <= MOST_ROUNDS && round - best <= PATIENCE && !exhausted; round++) {
      exhausted = booster.updateOneIter();
      double loss = booster.getEval(1)[0];
      if (loss < least) {
        least = loss;
        best = round;
      }
    }
    String trees = booster.saveModelToString(0, best, FeatureImportanceType.GAIN);
    return new FittedTrees(trees, best, least);
  }

  private LGBMDataset dataset(TrainingRows rows, @Nullable LGBMDataset like) throws LGBMException {
    LGBMDataset dataset =
        LGBMDataset.createFromMat(
            rows.matrix(), rows.size(), Feature.count(), true, settings, like);
    dataset.setFeatureNames(Feature.names().toArray(String[]::new));
    dataset.setField("label", rows.labels());
    dataset.setField("weight", rows.weights());
    return dataset;
  }

  /**
   * @param text what {@link BoostedTrees#parse} reads
   * @param rounds trees
   * @param loss of the watched rows
   */
  record FittedTrees(String text, int rounds, double loss) {}
}
