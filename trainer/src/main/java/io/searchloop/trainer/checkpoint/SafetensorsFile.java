package io.searchloop.trainer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Named tensors and string properties in the safetensors format, which most machine-learning tools
 * read: an int64 header length, a JSON header, then the tensors' bytes, little-endian.
 *
 * <p>Reading maps the file and copies each tensor once into libtorch's memory.
 *
 * @param metadata properties, in order
 * @param tensors tensors by name, in the order of their bytes
 */
public record SafetensorsFile(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final long PIECE_BYTES = 1 << 28; // A Java buffer holds less than 2 GiB.

  public SafetensorsFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Writes everything to a file that is whole on disk afterwards, or absent. */
  public void write(Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel);
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes everything to {@code channel}; equal content gives equal bytes. */
  public void write(WritableByteChannel channel) throws IOException {
    writeFully(channel, SafetensorsHeader.of(metadata, tensors).encode());
    for (Tensor tensor : tensors.values()) {
      try (PointerScope scope = new PointerScope()) {
        Tensor contiguous = tensor.detach().contiguous();
        BytePointer bytes = new BytePointer(contiguous.data_ptr());
        long size = contiguous.numel() * contiguous.element_size();
        for (long start = 0; start < size; start += PIECE_BYTES) {
          long end = Math.min(size, start + PIECE_BYTES);
          writeFully(channel, bytes.position(start).limit(end).asByteBuffer());
        }
      }
    }
  }

  /**
   * Reads a file; its tensors belong to the caller's {@code PointerScope}.
   *
   * @throws IllegalArgumentException if the header does not describe the file
   */
  public static SafetensorsFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(channel, file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.entries()) {
        tensors.put(entry.name(), readTensor(channel, header.dataStart(), entry));
      }
      return new SafetensorsFile(header.metadata(), tensors);
    }
  }

  /** A property that must be there. */
  public String property(String name) {
    String value = metadata.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "safetensors metadata: `%s` is missing, found %s".formatted(name, metadata.keySet()));
    }
    return value;
  }

  /** A whole-number property that must be there. */
  long number(String name) {
    return Long.parseLong(property(name));
  }

  private static Tensor readTensor(
      FileChannel channel, long dataStart, SafetensorsHeader.Entry entry) throws IOException {
    TensorOptions options = new TensorOptions(entry.type().scalarType());
    Tensor tensor = torch.empty(entry.shape(), options, new MemoryFormatOptional());
    MappedTensor.copy(channel, dataStart, entry, tensor);
    return tensor;
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
