package io.searchloop.app.relevance;

import java.util.ArrayList;
import java.util.List;

/** Rows of features with what the trees should say of each. One thread. */
final class TrainingRows {
  private final List<float[]> rows = new ArrayList<>();
  private final List<Double> labels = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /**
   * @param row as {@link Feature} writes it; kept
   * @param label 0 to 1
   * @param weight of its loss
   */
  void add(float[] row, double label, double weight) {
    rows.add(row);
    labels.add(label);
    weights.add(weight);
  }

  int size() {
    return rows.size();
  }

  /** Shape (rows, features), one row after the other. */
  float[] matrix() {
    float[] matrix = new float[rows.size() * Feature.count()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, matrix, i * Feature.count(), Feature.count());
    }
    return matrix;
  }

  float[] labels() {
    return floats(labels);
  }

  float[] weights() {
    return floats(weights);
  }

  private static float[] floats(List<Double> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i).floatValue();
    }
    return array;
  }
}
