package io.searchloop.app.console.view;

import org.jspecify.annotations.Nullable;

/**
 * A mean with its 95 % interval (normal approximation).
 *
 * @param count values behind it
 * @param mean their mean; null without any
 * @param low lower end; null below two values
 * @param high upper end; null below two values
 */
public record MeanFigures(
    long count, @Nullable Double mean, @Nullable Double low, @Nullable Double high) {
  /** Of no values. */
  public static final MeanFigures NONE = new MeanFigures(0, null, null, null);
}
