package io.searchloop.trainer.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One matrix product, again and again: how fast this machine multiplies is what a training step can
 * be measured by. Confined to one thread.
 */
public final class MatrixProduct implements AutoCloseable {
  private final Tensor left;
  private final Tensor right;

  /** Of {@code (rows, inner)} and {@code (inner, columns)}, with random operands. */
  public MatrixProduct(int rows, int columns, int inner, Precision precision) {
    try (PointerScope scope = new PointerScope()) {
      left = Tensors.retain(precision.operand(torch.randn(new long[] {rows, inner})));
      right = Tensors.retain(precision.operand(torch.randn(new long[] {columns, inner})));
    }
  }

  /** Multiplies once. */
  public void multiply() {
    Tensors.updateInPlace(() -> torch.linear(left, right));
  }

  /** Floating-point operations of one product. */
  public double operations() {
    return 2.0 * left.size(0) * left.size(1) * right.size(0);
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}
