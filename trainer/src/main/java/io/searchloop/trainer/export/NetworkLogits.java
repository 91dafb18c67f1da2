package io.searchloop.trainer.export;

import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;

/** The network itself in libtorch. Borrows the network; its thread is the trainer thread. */
public final class NetworkLogits implements SequenceLogits {
  private final PolicyNetwork network;

  public NetworkLogits(PolicyNetwork network) {
    this.network = network;
  }

  @Override
  public int vocabularySize() {
    return network.config().vocabularySize();
  }

  @Override
  public float[] of(int[] tokens) {
    try (PointerScope scope = new PointerScope()) {
      long[] ids = Arrays.stream(tokens).asLongStream().toArray();
      return Tensors.withoutGradient(
          () -> Tensors.toFloats(network.logits(Tensors.ofLongs(ids, 1, ids.length))));
    }
  }

  @Override
  public void close() {
    // Owns nothing.
  }
}
