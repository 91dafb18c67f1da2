package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The way back from a released graph to weights, for a trainer whose checkpoint is lost: exact from
 * float32, as rounded as the graph itself from less.
 */
public final class ReleasedWeights {
  private ReleasedWeights() {}

  /**
   * Loads a graph's weights into a network of its shape.
   *
   * @throws IllegalArgumentException when the bytes are no graph, or a weight is missing or of
   *     another shape; nothing is changed then
   */
  public static void load(byte[] onnx, PolicyNetwork network) {
    Map<String, TensorProto> constants = new HashMap<>();
    OnnxGraph.read(onnx)
        .getGraph()
        .getInitializerList()
        .forEach(t -> constants.put(t.getName(), t));
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (String name : network.parameters().keySet()) {
        TensorProto tensor = constants.get(name);
        if (tensor != null) {
          long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
          weights.put(name, Tensors.ofFloats(values(tensor, constants), shape));
        }
      }
      network.load(weights);
    }
  }

  private static float[] values(TensorProto tensor, Map<String, TensorProto> constants) {
    DataType type = DataType.forNumber(tensor.getDataType());
    TensorProto scales = constants.get(QuantisedMatrix.scales(tensor.getName()));
    if (type == DataType.FLOAT) {
      return Initializers.floats(tensor);
    }
    if (type == DataType.FLOAT16) {
      return HalfMatrix.decode(tensor);
    }
    if (type == DataType.UINT8 && scales != null) {
      return QuantisedMatrix.decode(tensor, scales);
    }
    throw new IllegalArgumentException(
        "Weight `%s` of the graph is of type %s, expected FLOAT, FLOAT16 or scaled UINT8."
            .formatted(tensor.getName(), type));
  }
}
