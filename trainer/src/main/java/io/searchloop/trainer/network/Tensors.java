package io.searchloop.trainer.network;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Java arrays to tensors and back, and the ownership rules of native memory in one place. */
public final class Tensors {
  private Tensors() {}

  /** Copies {@code values} into a float64 tensor; its memory is libtorch's, not the array's. */
  public static Tensor ofDoubles(double[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /** Copies {@code values} into a float32 tensor. */
  public static Tensor ofFloats(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /** Narrows {@code values} to a float32 tensor. */
  public static Tensor ofFloats(double[] values, long... shape) {
    float[] narrowed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return Tensor.create(narrowed, shape);
  }

  /** Copies {@code values} into an int64 tensor. */
  public static Tensor ofLongs(long[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /** The values of a tensor of any type, row by row, without its gradient. */
  public static double[] toDoubles(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      double[] values = new double[Math.toIntExact(tensor.numel())];
      tensor.detach().to(torch.ScalarType.Double).contiguous().data_ptr_double().get(values);
      return values;
    }
  }

  /** The values of a tensor as float32, row by row, without its gradient. */
  public static float[] toFloats(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      float[] values = new float[Math.toIntExact(tensor.numel())];
      tensor.detach().to(torch.ScalarType.Float).contiguous().data_ptr_float().get(values);
      return values;
    }
  }

  /** The shape of a tensor. */
  public static long[] shape(Tensor tensor) {
    return tensor.shape();
  }

  /** Runs {@code work} without recording gradients. */
  public static <T> T withoutGradient(Supplier<T> work) {
    NoGradGuard guard = new NoGradGuard();
    try {
      return work.get();
    } finally {
      guard.deallocate();
    }
  }

  /** Runs {@code work} without recording gradients, and frees every tensor it made. */
  public static void updateInPlace(Runnable work) {
    try (PointerScope scope = new PointerScope()) {
      withoutGradient(
          () -> {
            work.run();
            return true;
          });
    }
  }

  /**
   * Runs {@code work} and frees every tensor it made but the result, which moves to the caller's
   * scope. What autograd needs stays alive by autograd's own references.
   */
  static Tensor freeingTheRest(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope scope = new PointerScope()) {
      Tensor result = work.get();
      if (outer != null) {
        outer.attach(result);
      } else {
        result.retainReference();
      }
      return result;
    }
  }

  /**
   * Keeps a tensor alive beyond the scope it was made in; its owner must {@code close()} it.
   *
   * <p>Inside a scope a pointer's count is one, so this makes two and the scope's end leaves one.
   * Outside of any scope the count starts at zero and becomes one.
   */
  public static Tensor retain(Tensor tensor) {
    return tensor.retainReference();
  }

  /** Fails when a shape is not the expected one. */
  public static void requireShape(String what, Tensor tensor, long... expected) {
    if (!Arrays.equals(tensor.shape(), expected)) {
      throw new IllegalArgumentException(
          "%s: found shape %s, expected %s"
              .formatted(what, Arrays.toString(tensor.shape()), Arrays.toString(expected)));
    }
  }
}
