package io.searchloop.trainer.network;

/**
 * Cosines and sines of all rotary angles, computed once so that trainer and exported graph use the
 * same bits. Each array is {@code (maxPositions, headDim)} row by row, both halves of a row equal.
 *
 * <p>The arrays are shared, not copied: treat them as constants.
 */
@SuppressWarnings("ArrayRecordComponent") // Constants of the graph; never compared.
public record RotaryTables(float[] cosines, float[] sines) {

  /** The tables of {@code config}: angle {@code p * scaled(theta^(-2i/headDim))}, in doubles. */
  public static RotaryTables of(NetworkConfig config) {
    int headDim = config.headDim();
    float[] cosines = new float[Math.multiplyExact(config.maxPositions(), headDim)];
    float[] sines = new float[cosines.length];
    for (int position = 0; position < config.maxPositions(); position++) {
      for (int i = 0; i < headDim; i++) {
        int pair = i % (headDim / 2);
        double frequency = Math.pow(config.ropeTheta(), -2.0 * pair / headDim);
        double angle = position * config.ropeScaling().apply(frequency);
        cosines[position * headDim + i] = (float) Math.cos(angle);
        sines[position * headDim + i] = (float) Math.sin(angle);
      }
    }
    return new RotaryTables(cosines, sines);
  }
}
