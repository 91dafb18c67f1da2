package io.searchloop.trainer.network;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network by its number of parameters, for those who know how big it may be but not how wide and
 * deep. Width is near 64 times the depth, as in language models of a hundred million parameters
 * (GPT-2 small has 64, Llama 7B 128; Kaplan et al., arXiv 2001.08361, find the loss flat between);
 * the feed-forward block is 8/3 as wide; from a width of 1024 on four heads share their keys.
 *
 * <p>Worked example: 10 million parameters with 8,192 tokens make width 320 and 6 layers.
 *
 * @param parameters wanted; the shape found is within 8 %, from ten million on within 3 %, for any
 *     vocabulary that leaves half of them to the layers
 */
public record NetworkSize(long parameters) {
  private static final Pattern FORMAT = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmb])");
  private static final Map<String, Double> UNITS = Map.of("k", 1e3, "m", 1e6, "b", 1e9);
  private static final double WIDTH_PER_LAYER = 64;
  private static final int WIDEST = 16_384;
  private static final int GROUPED_FROM = 1024;

  public NetworkSize {
    if (parameters < 1) {
      throw new IllegalArgumentException(
          "network size: found " + parameters + " parameters, expected at least 1");
    }
  }

  /** Reads {@code 1m}, {@code 1.5b}, {@code 300k}. */
  public static NetworkSize parse(String text) {
    Matcher matcher = FORMAT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "network size: found `" + text + "`, expected a number with k, m or b, such as 10m");
    }
    double unit = UNITS.getOrDefault(matcher.group(2), 1.0);
    return new NetworkSize(Math.round(Double.parseDouble(matcher.group(1)) * unit));
  }

  /**
   * The shape of about this size.
   *
   * @throws IllegalArgumentException when the vocabulary alone takes all parameters
   */
  public NetworkConfig shape(int vocabularySize, int maxPositions) {
    int bestWidth = 0;
    int bestLayers = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int width = 32; width <= WIDEST; width += stride(width)) {
      long outside = (vocabularySize + 1L) * width;
      long layer = parametersOfLayer(width);
      int layers = (int) Math.round((parameters - outside) / (double) layer);
      if (layers >= 1) {
        double cost = cost(width, layers, outside + layers * layer);
        if (cost < least) {
          least = cost;
          bestWidth = width;
          bestLayers = layers;
        }
      }
    }
    if (bestWidth == 0) {
      throw new IllegalArgumentException(
          "network size %d: a vocabulary of %d tokens leaves nothing to the layers. Choose a larger size or a smaller vocabulary."
              .formatted(parameters, vocabularySize));
    }
    return of(vocabularySize, bestWidth, bestLayers, maxPositions);
  }

  /** Distance from the usual proportions, and ten times as much from the size asked for. */
  private double cost(int width, int layers, long found) {
    double proportion = width / (WIDTH_PER_LAYER * layers);
    return Math.abs(Math.log(proportion)) + 10 * Math.abs(Math.log(found / (double) parameters));
  }

  /** So that heads have 32 features, then 64, then come in fours. */
  private static int stride(int width) {
    return width < 256 ? 32 : width < GROUPED_FROM ? 64 : 256;
  }

  private static long parametersOfLayer(int width) {
    NetworkConfig one = of(1, width, 1, 1);
    return one.parameterCount() - 2L * width; // without the embedding of one token, the last norm
  }

  private static NetworkConfig of(int vocabularySize, int width, int layers, int maxPositions) {
    int heads = width / (width < 256 ? 32 : 64);
    int keyValueHeads = width >= GROUPED_FROM ? heads / 4 : heads;
    int hidden = Math.toIntExact(Math.round(width * 8 / 3.0 / 32) * 32);
    return new NetworkConfig(
        vocabularySize, width, layers, heads, keyValueHeads, hidden, maxPositions, 10_000, 1e-5);
  }
}
