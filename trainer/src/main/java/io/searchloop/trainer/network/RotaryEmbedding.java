package io.searchloop.trainer.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Tells attention where a token stands by turning queries and keys, so that their product depends
 * on the distance of two positions only (Su et al., arXiv 2104.09864; Llama's half-split layout).
 *
 * <p>For head size d and pair i &lt; d/2 at position p the angle is {@code p * theta^(-2i/d)};
 * feature i turns with feature i + d/2. Example: d = 2, theta any, p = 1: (1, 0) becomes (cos 1,
 * sin 1).
 */
final class RotaryEmbedding implements AutoCloseable {
  private final Tensor cosines;
  private final Tensor sines;

  RotaryEmbedding(NetworkConfig config) {
    RotaryTables tables = RotaryTables.of(config);
    long[] shape = {config.maxPositions(), config.headDim()};
    try (PointerScope scope = new PointerScope()) {
      cosines = Tensors.retain(Tensors.ofFloats(tables.cosines(), shape));
      sines = Tensors.retain(Tensors.ofFloats(tables.sines(), shape));
    }
  }

  /** The angles of a forward pass, which all its layers share. */
  Angles angles(TokenRows rows) {
    if (rows.layout().isEmpty()) {
      long time = rows.tokens().size(1);
      return new Angles(cosines.narrow(0, 0, time), sines.narrow(0, 0, time));
    }
    Tensor positions = rows.layout().get().positions();
    Tensor flat = positions.view(-1);
    long[] shape = {positions.size(0), 1, positions.size(1), cosines.size(1)};
    return new Angles(
        cosines.index_select(0, flat).view(shape), sines.index_select(0, flat).view(shape));
  }

  /**
   * Cosine and sine of each position, {@code (time, headDim)} or {@code (batch, 1, time, headDim)}.
   */
  record Angles(Tensor cosines, Tensor sines) {

    /** Turns {@code x (batch, heads, time, headDim)}. */
    Tensor turn(Tensor x) {
      long half = x.size(3) / 2;
      Tensor first = x.narrow(3, 0, half);
      Tensor second = x.narrow(3, half, half);
      Tensor quarterTurned = torch.cat(new TensorVector(second.neg(), first), 3);
      return x.mul(cosines).add(quarterTurned.mul(sines));
    }
  }

  @Override
  public void close() {
    cosines.close();
    sines.close();
  }
}
