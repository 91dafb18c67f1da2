package io.searchloop.trainer.network;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Networks small enough for a test to train in a second. */
public final class TinyNetworks {
  private TinyNetworks() {}

  /** Two layers, four heads that share two key-value heads. */
  public static final NetworkConfig GROUPED =
      new NetworkConfig(32, 16, 2, 4, 2, 24, 32, 10_000, 1e-5);

  /** One layer, every head with its own keys. */
  public static final NetworkConfig PLAIN =
      new NetworkConfig(32, 16, 1, 2, 2, 24, 32, 10_000, 1e-5);

  /** Random tokens {@code (batch, time)}. */
  public static Tensor tokens(RandomGenerator random, NetworkConfig config, int batch, int time) {
    long[] tokens = random.longs((long) batch * time, 0, config.vocabularySize()).toArray();
    return Tensors.ofLongs(tokens, batch, time);
  }
}
