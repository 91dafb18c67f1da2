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

  /** Qwen2's layout: biased queries, keys and values; heads wider than the width's share. */
  public static final NetworkConfig BIASED =
      new NetworkConfig(32, 16, 2, 4, 2, 24, 32, 1e6, 1e-6, 6, true, true, RopeScaling.NONE);

  /** Llama 3.1's layout: an output head of its own, stretched rotary positions. */
  public static final NetworkConfig UNTIED =
      new NetworkConfig(
          32,
          16,
          2,
          4,
          2,
          24,
          32,
          10_000,
          1e-5,
          4,
          false,
          false,
          new RopeScaling(RopeScaling.Kind.LLAMA3, 8, 1, 4, 16));

  /** Random tokens {@code (batch, time)}. */
  public static Tensor tokens(RandomGenerator random, NetworkConfig config, int batch, int time) {
    long[] tokens = random.longs((long) batch * time, 0, config.vocabularySize()).toArray();
    return Tensors.ofLongs(tokens, batch, time);
  }
}
