package io.searchloop.app.bench.training;

import io.searchloop.trainer.network.MatrixProduct;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.Packing;
import io.searchloop.trainer.network.Precision;
import java.time.Duration;
import java.util.List;

/**
 * How fast this machine multiplies matrices right now: the better of a large square product and of
 * the network's widest one, so that the floor is a hard one. Confined to one thread.
 */
final class ArithmeticRate implements AutoCloseable {
  private static final int SQUARE = 1024;

  private final List<MatrixProduct> products;
  private final long nanosEach;

  ArithmeticRate(NetworkConfig network, Packing packing, Precision precision, Duration patience) {
    this.products =
        List.of(
            new MatrixProduct(SQUARE, SQUARE, SQUARE, precision),
            new MatrixProduct(
                Math.toIntExact(packing.places()), network.hidden(), network.width(), precision));
    this.nanosEach = patience.toNanos() / products.size();
  }

  /** Floating-point operations a second. */
  double measure() {
    return products.stream().mapToDouble(this::measure).max().orElseThrow();
  }

  private double measure(MatrixProduct product) {
    product.multiply();
    long begin = System.nanoTime();
    long elapsed = 0;
    int times = 0;
    while (elapsed < nanosEach || times == 0) {
      product.multiply();
      times++;
      elapsed = System.nanoTime() - begin;
    }
    return product.operations() * times * 1e9 / elapsed;
  }

  @Override
  public void close() {
    products.forEach(MatrixProduct::close);
  }
}
