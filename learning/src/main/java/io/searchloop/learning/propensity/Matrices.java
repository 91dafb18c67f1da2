package io.searchloop.learning.propensity;

/** What a covariance of a few dozen positions needs; row by row. */
final class Matrices {
  private Matrices() {}

  static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** Inverse of a symmetric, positive definite matrix: Gauss and Jordan, no pivoting needed. */
  static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] left = new double[size][];
    double[][] right = new double[size][size];
    for (int i = 0; i < size; i++) {
      left[i] = matrix[i].clone();
      right[i][i] = 1;
    }
    for (int pivot = 0; pivot < size; pivot++) {
      double scale = 1 / left[pivot][pivot];
      for (int j = 0; j < size; j++) {
        left[pivot][j] *= scale;
        right[pivot][j] *= scale;
      }
      for (int i = 0; i < size; i++) {
        double factor = left[i][pivot];
        for (int j = 0; i != pivot && j < size; j++) {
          left[i][j] -= factor * left[pivot][j];
          right[i][j] -= factor * right[pivot][j];
        }
      }
    }
    return right;
  }
}
