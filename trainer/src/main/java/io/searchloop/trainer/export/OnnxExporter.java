package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns the trained network into the graph that workers run.
 *
 * <p><b>Contract with the workers.</b> All sequences of a batch have the same length; the first
 * token of a call stands at position {@code past}, and attends causally to what went before.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><td>{@code tokens}</td><td>int64</td><td>[batch, time]</td></tr>
 *   <tr><td>{@code past}</td><td>float32</td>
 *       <td>[2 * layers, batch, keyValueHeads, past, headDim]; past may be 0</td></tr>
 *   <tr><td>{@code logits}</td><td>float32</td><td>[batch, time, vocabulary]</td></tr>
 *   <tr><td>{@code present}</td><td>float32</td>
 *       <td>[2 * layers, batch, keyValueHeads, past + time, headDim]</td></tr>
 * </table>
 *
 * <p>Keys of layer l are at index 2l, turned by their positions, values at 2l + 1. Feed {@code
 * present} back as {@code past} to decode on. Sequences longer than {@code network.max-positions}
 * fail in the session.
 *
 * <p>Weights keep their checkpoint names, layout and bits, so two releases differ where the
 * training changed something and nowhere else.
 */
public final class OnnxExporter {
  private static final long LARGEST_BYTES = 2_000_000_000L;

  private OnnxExporter() {}

  /**
   * The graph as bytes.
   *
   * @param network to export; read, not changed
   * @param metadata properties to add to the {@code network.*} ones
   * @throws IllegalArgumentException when the weights exceed what one ONNX file can hold
   */
  public static byte[] export(PolicyNetwork network, Map<String, String> metadata) {
    NetworkConfig config = network.config();
    requireOneFile(config);
    OnnxGraph graph = new OnnxGraph("policy");
    String tokens = graph.input("tokens", DataType.INT64, "batch", "time");
    String past = graph.input("past", DataType.FLOAT, cacheShape(config, "past"));
    Decoder decoder = new Decoder(graph, config, OnnxWeights.add(graph, network));
    Decoder.Result result = decoder.build(tokens, past);
    graph.output(
        "logits", result.logits(), DataType.FLOAT, "batch", "time", config.vocabularySize());
    graph.output("present", result.present(), DataType.FLOAT, cacheShape(config, "total"));

    Map<String, String> properties = new LinkedHashMap<>(metadata);
    properties.putAll(config.toProperties());
    return graph.toBytes(properties);
  }

  /** Protobuf ends at 2 GiB; beyond, it would fail with less to say. */
  static void requireOneFile(NetworkConfig config) {
    long tables = 2L * config.maxPositions() * config.headDim();
    long bytes = (config.parameterCount() + tables) * Float.BYTES;
    if (bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          ("ONNX export: weights and rotary tables take %,d bytes, expected at most %,d, which one"
                  + " ONNX file can hold. Export a smaller network, or fewer max-positions.")
              .formatted(bytes, LARGEST_BYTES));
    }
  }

  private static Object[] cacheShape(NetworkConfig config, String length) {
    return new Object[] {
      2 * config.layers(), "batch", config.keyValueHeads(), length, config.headDim()
    };
  }
}
