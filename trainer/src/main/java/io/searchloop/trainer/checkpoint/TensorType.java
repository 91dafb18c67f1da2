package io.searchloop.trainer.checkpoint;

import java.util.Arrays;
import org.bytedeco.pytorch.global.torch;

/** Element types of a safetensors file that we read and write, by their names there. */
enum TensorType {
  F32(torch.ScalarType.Float, Float.BYTES),
  F64(torch.ScalarType.Double, Double.BYTES),
  F16(torch.ScalarType.Half, Short.BYTES),
  BF16(torch.ScalarType.BFloat16, Short.BYTES),
  I64(torch.ScalarType.Long, Long.BYTES);

  private final torch.ScalarType scalarType;
  private final int sizeBytes;

  TensorType(torch.ScalarType scalarType, int sizeBytes) {
    this.scalarType = scalarType;
    this.sizeBytes = sizeBytes;
  }

  torch.ScalarType scalarType() {
    return scalarType;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  static TensorType of(torch.ScalarType scalarType) {
    return Arrays.stream(values())
        .filter(type -> type.scalarType == scalarType.intern())
        .findFirst()
        .orElseThrow(() -> unsupported(scalarType.toString()));
  }

  static TensorType named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unsupported(name));
  }

  private static IllegalArgumentException unsupported(String found) {
    return new IllegalArgumentException(
        "tensor type: found %s, expected one of %s".formatted(found, Arrays.toString(values())));
  }
}
