package io.searchloop.trainer.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns the trained network into the graph that workers run.
 *
 * <p><b>Contract with the workers.</b> Each row of a batch has a cache of its own length. Its new
 * tokens stand right after what it has cached, and attend to that and causally to each other; so
 * rows of any age decode together, and a shorter prompt is padded at its end.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><td>{@code tokens}</td><td>int64</td><td>[batch, time]</td></tr>
 *   <tr><td>{@code lengths}</td><td>int64</td><td>[batch]; tokens a row has cached</td></tr>
 *   <tr><td>{@code scored}</td><td>int64</td>
 *       <td>[rows]; new tokens whose logits are wanted, as row * time + position</td></tr>
 *   <tr><td>{@code past.0} to {@code past.(2 * layers - 1)}</td><td>float32</td>
 *       <td>[batch, keyValueHeads, capacity, headDim]; capacity at least 1</td></tr>
 *   <tr><td>{@code logits}</td><td>float32</td><td>[rows, vocabulary]</td></tr>
 *   <tr><td>{@code fresh.0} to {@code fresh.(2 * layers - 1)}</td><td>float32</td>
 *       <td>[batch, keyValueHeads, time, headDim]</td></tr>
 * </table>
 *
 * <p>Keys of layer l are at index 2l, turned by their positions, values at 2l + 1. Write {@code
 * fresh} behind a row's cached tokens to decode on. Sequences longer than {@code
 * network.max-positions} fail in the session.
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
    Decoder.Inputs inputs =
        new Decoder.Inputs(
            graph.input("tokens", DataType.INT64, "batch", "time"),
            graph.input("lengths", DataType.INT64, "batch"),
            graph.input("scored", DataType.INT64, "rows"),
            slabs(config)
                .mapToObj(i -> graph.input("past." + i, DataType.FLOAT, slab(config, "capacity")))
                .toList());
    Decoder.Result result =
        new Decoder(graph, config, OnnxWeights.add(graph, network)).build(inputs);
    graph.output("logits", result.logits(), DataType.FLOAT, "rows", config.vocabularySize());
    slabs(config)
        .forEach(
            i ->
                graph.output(
                    "fresh." + i, result.fresh().get(i), DataType.FLOAT, slab(config, "time")));

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

  private static IntStream slabs(NetworkConfig config) {
    return IntStream.range(0, 2 * config.layers());
  }

  private static Object[] slab(NetworkConfig config, String length) {
    return new Object[] {"batch", config.keyValueHeads(), length, config.headDim()};
  }
}
