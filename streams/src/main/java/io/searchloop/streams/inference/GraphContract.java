package io.searchloop.streams.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.ReleaseFault;
import java.util.Arrays;
import java.util.Map;

/**
 * What trainer and worker agreed on about a graph; a graph that breaks it is refused before it runs
 * for the first time. There are two forms, told apart by the input {@code lengths}:
 *
 * <pre>
 *   RAGGED
 *   in   tokens   int64    (batch, time)
 *        lengths  int64    (batch)           tokens a row has cached: position of its first new one
 *        scored   int64    (rows)            new tokens whose logits are wanted, row * time + position
 *        past.i   float32  (batch, kv heads, capacity, head dimension)   keys at 2l, values at 2l+1
 *   out  logits   float32  (rows, vocabulary)
 *        fresh.i  float32  (batch, kv heads, time, head dimension)
 *
 *   EVEN, of releases before
 *   in   tokens   int64    (batch, time)
 *        past     float32  (2 layers, batch, kv heads, past, head dimension)
 *   out  logits   float32  (batch, time, vocabulary)
 *        present  float32  (2 layers, batch, kv heads, past + time, head dimension)
 * </pre>
 */
final class GraphContract {
  static final String TOKENS = "tokens";
  static final String LENGTHS = "lengths";
  static final String SCORED = "scored";
  static final String PAST = "past";
  static final String LOGITS = "logits";
  static final String PRESENT = "present";

  private static final long ANY = -1;

  private GraphContract() {}

  /** Input with the cached keys (even) or values (odd) of a layer. */
  static String past(int slab) {
    return "past." + slab;
  }

  /** Output with the new keys or values of a layer. */
  static String fresh(int slab) {
    return "fresh." + slab;
  }

  /**
   * Checks the ends of a graph.
   *
   * @return the form it has
   * @throws InvalidReleaseException naming the first end that differs
   */
  static GraphForm check(
      long version, PolicySpec spec, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
    require(version, inputs, TOKENS, OnnxJavaType.INT64, ANY, ANY);
    if (!inputs.containsKey(LENGTHS)) {
      long[] cache = {2L * spec.layers(), ANY, spec.keyValueHeads(), ANY, spec.headDimension()};
      require(version, inputs, PAST, OnnxJavaType.FLOAT, cache);
      require(version, outputs, LOGITS, OnnxJavaType.FLOAT, ANY, ANY, spec.vocabularySize());
      require(version, outputs, PRESENT, OnnxJavaType.FLOAT, cache);
      return GraphForm.EVEN;
    }
    long[] slab = {ANY, spec.keyValueHeads(), ANY, spec.headDimension()};
    require(version, inputs, LENGTHS, OnnxJavaType.INT64, ANY);
    require(version, inputs, SCORED, OnnxJavaType.INT64, ANY);
    require(version, outputs, LOGITS, OnnxJavaType.FLOAT, ANY, spec.vocabularySize());
    for (int i = 0; i < 2 * spec.layers(); i++) {
      require(version, inputs, past(i), OnnxJavaType.FLOAT, slab);
      require(version, outputs, fresh(i), OnnxJavaType.FLOAT, slab);
    }
    return GraphForm.RAGGED;
  }

  private static void require(
      long version, Map<String, NodeInfo> ends, String name, OnnxJavaType type, long... shape) {
    NodeInfo end = ends.get(name);
    if (end != null && end.getInfo() instanceof TensorInfo found) {
      if (found.type == type && fits(found.getShape(), shape)) {
        return;
      }
      throw rejected(
          version, name, found.type + " " + Arrays.toString(found.getShape()), type, shape);
    }
    throw rejected(version, name, "absent among " + ends.keySet(), type, shape);
  }

  private static boolean fits(long[] found, long[] expected) {
    if (found.length != expected.length) {
      return false;
    }
    for (int i = 0; i < found.length; i++) {
      // A dimension the exporter left open is checked by the self-test, which runs the graph.
      if (found[i] >= 0 && found[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static InvalidReleaseException rejected(
      long version, String name, String found, OnnxJavaType type, long[] shape) {
    return new InvalidReleaseException(
        ReleaseFault.GRAPH,
        "Policy %d rejected: `%s` is %s, its dimensions say %s %s. Re-export it, or activate an earlier version."
            .formatted(version, name, found, type, Arrays.toString(shape)));
  }
}
