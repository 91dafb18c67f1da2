package io.searchloop.trainer.network;

/**
 * How a network computes; it changes speed, memory and rounding, never what is learned. It is not
 * part of the network's shape: a checkpoint can be continued under another.
 *
 * @param precision of matrix products
 * @param recompute whether a layer's inner results are computed again for the gradient instead of
 *     kept (activation checkpointing, arXiv 1604.06174): a third more arithmetic, and memory for
 *     one layer and the inputs of the others instead of for all
 */
public record Compute(Precision precision, boolean recompute) {
  /** Float32, everything kept. */
  public static final Compute DEFAULT = new Compute(Precision.FP32, false);
}
