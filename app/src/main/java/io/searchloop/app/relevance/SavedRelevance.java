package io.searchloop.app.relevance;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.json.ReportJson;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained relevance model as a file: trees, what they were learned from, and how much they weigh
 * beside BM25. A shop trains once and uses it until its judgments or its catalogue have changed
 * much; the catalogue itself is not in it.
 *
 * @param format {@value #FORMAT}; another one cannot be read
 * @param dataset name of the dataset that was learned from
 * @param splitSeed its split: queries of other splits may be among the lessons
 * @param seed of trees and of sampled products
 * @param judgments grades learned from
 * @param unjudged rows of products without grade, drawn with replacement, so that a product may be
 *     several; weak signs of irrelevance
 * @param rounds trees
 * @param devLoss cross entropy of dev rows, the unjudged among them at their weight
 * @param weight of f beside BM25, tuned on dev queries
 * @param features what the trees read, in order
 * @param trees in LightGBM's text form
 */
public record SavedRelevance(
    int format,
    String dataset,
    long splitSeed,
    long seed,
    int judgments,
    int unjudged,
    int rounds,
    double devLoss,
    double weight,
    List<String> features,
    String trees) {
  static final int FORMAT = 1;

  /** Refuses models that this version would misread. */
  public SavedRelevance {
    features = List.copyOf(features);
    if (format != FORMAT || !features.equals(Feature.names())) {
      throw new IllegalArgumentException(
          "Relevance model has format %d and features %s, expected format %d and %s. Train it again."
              .formatted(format, features, FORMAT, Feature.names()));
    }
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "Relevance model weighs %s, expected a finite number from zero.".formatted(weight));
    }
  }

  /** Reads a model. */
  public static SavedRelevance read(Path file) {
    return ReportJson.read(file, SavedRelevance.class);
  }

  /** Writes the model, making its folder. */
  public void write(Path file) {
    ReportJson.write(file, this);
  }

  /**
   * Refuses a model that has read test judgments of a dataset's split.
   *
   * @throws IllegalArgumentException when it was trained on another split of the same dataset
   */
  public void requireUnread(Dataset other) {
    long split = other.split().seed();
    if (dataset.equals(other.name()) && splitSeed != split) {
      throw new IllegalArgumentException(
          "Relevance model was trained on split %d of %s, found --split-seed %d: it has read test judgments. Train one for this split, see study relevance."
              .formatted(splitSeed, other.name(), split));
    }
  }

  /** The same with another weight. */
  public SavedRelevance withWeight(double other) {
    return new SavedRelevance(
        format, dataset, splitSeed, seed, judgments, unjudged, rounds, devLoss, other, features,
        trees);
  }
}
