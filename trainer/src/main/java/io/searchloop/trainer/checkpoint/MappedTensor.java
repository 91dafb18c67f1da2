package io.searchloop.trainer.checkpoint;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Copies a tensor from a mapped file into libtorch's memory, converting its element type on the
 * way. Mapped piece by piece, since Java maps at most 2 GiB at once and an embedding can be larger.
 */
final class MappedTensor {
  private static final int PIECE_BYTES = 1 << 28;

  private MappedTensor() {}

  /** Overwrites {@code target}, which has the entry's shape and is contiguous. */
  static void copy(
      FileChannel channel, long dataStart, SafetensorsHeader.Entry entry, Tensor target)
      throws IOException {
    copy(channel, dataStart, entry, target, PIECE_BYTES);
  }

  static void copy(
      FileChannel channel,
      long dataStart,
      SafetensorsHeader.Entry entry,
      Tensor target,
      int pieceBytes)
      throws IOException {
    int elementBytes = entry.type().sizeBytes();
    long elements = entry.sizeBytes() / elementBytes;
    long piece = Math.max(1, pieceBytes / elementBytes);
    for (long start = 0; start < elements; start += piece) {
      long count = Math.min(piece, elements - start);
      ByteBuffer mapped =
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              dataStart + entry.begin() + start * elementBytes,
              count * elementBytes);
      try (PointerScope scope = new PointerScope()) {
        TensorOptions options = new TensorOptions(entry.type().scalarType());
        Tensor view = torch.from_blob(new Pointer(mapped), new long[] {count}, options);
        target.view(-1).narrow(0, start, count).copy_(view);
      } finally {
        // The view reads the mapping, which would be unmapped once nothing refers to it.
        Reference.reachabilityFence(mapped);
      }
    }
  }
}
