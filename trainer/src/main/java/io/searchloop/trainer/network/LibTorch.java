package io.searchloop.trainer.network;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes libtorch and OpenBLAS share the cores instead of fighting for them.
 *
 * <p>Each library starts one thread per core by default; together they slow a step of the demo
 * network about tenfold. Call {@link #initialise} before the first tensor.
 */
public final class LibTorch {
  private LibTorch() {}

  /**
   * Loads the native libraries and gives both the same number of threads, for the whole process.
   * With one thread, equal inputs give bit-equal results.
   *
   * @param threads threads of an operator, at least 1
   */
  public static void initialise(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "trainer threads: found " + threads + ", expected at least 1");
    }
    torch.set_num_threads(threads);
    openblas.blas_set_num_threads(threads);
  }
}
