package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.TreeMap;

/** How the weights of a released graph are stored and multiplied; see docs/adr/0028. */
public enum GraphPrecision {
  /** As trained, bit by bit. */
  FP32,
  /**
   * Weights rounded to bfloat16 and stored as float32: the same graph and speed, and releases that
   * travel as what changed since the last one; see docs/adr/0030.
   */
  BF16,
  /** Weights stored in half precision, computed in float32: half the bytes to ship. */
  FP16,
  /** Weights in 8 bits with a scale for each row, activations quantised as they come. */
  INT8;

  /** Property of a graph that names its precision. */
  public static final String PROPERTY = "export.precision";

  /**
   * The precision that a graph says it has; float32 when it says nothing.
   *
   * @throws ParityException when the bytes are no graph
   */
  public static GraphPrecision of(byte[] onnx) {
    return valueOf(properties(onnx).getOrDefault(PROPERTY, FP32.name()));
  }

  /**
   * Everything a graph says of itself: dimensions, precision, where it comes from.
   *
   * @throws ParityException when the bytes are no graph
   */
  public static Map<String, String> properties(byte[] onnx) {
    try {
      Map<String, String> properties = new TreeMap<>();
      OnnxMl.ModelProto.parseFrom(onnx)
          .getMetadataPropsList()
          .forEach(property -> properties.put(property.getKey(), property.getValue()));
      return properties;
    } catch (InvalidProtocolBufferException e) {
      throw new ParityException(
          "ONNX Runtime cannot read a graph of %d bytes: %s"
              .formatted(onnx.length, e.getMessage()));
    }
  }
}
