package io.searchloop.app.bench.attribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a flight recording goes. Each sample belongs to the layer of the frame nearest
 * to the top of its stack that any layer claims: a hash map that a state backend calls is the state
 * backend's.
 *
 * @param samples stacks sampled
 * @param layers share of the samples by layer, greatest first
 * @param methods share of the samples by the method at the top, greatest first
 * @param allocating share of the bytes allocated by layer, greatest first
 */
public record ProfileSummary(
    long samples,
    Map<String, Double> layers,
    Map<String, Double> methods,
    Map<String, Double> allocating) {
  private static final String OURS = "io.searchloop.";
  private static final int MOST_METHODS = 25;
  private static final String JAVA = "Java: samples that no layer claims";

  /** Classes whose names begin like this are of this layer. */
  private record Layer(String prefix, String name) {}

  /** The first that fits counts. */
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("org.rocksdb.", "state: RocksDB"),
          new Layer("org.apache.flink.state.rocksdb.", "state: RocksDB"),
          new Layer("org.apache.flink.runtime.state.heap.HeapPriorityQueue", "timers"),
          new Layer("org.apache.flink.runtime.state.heap.KeyGroupPartitionedPriority", "timers"),
          new Layer("org.apache.flink.streaming.api.operators.InternalTimer", "timers"),
          new Layer("org.apache.flink.streaming.api.operators.TimerHeap", "timers"),
          new Layer("org.apache.flink.runtime.state.", "state: heap"),
          new Layer("org.apache.avro.", "Avro"),
          new Layer("org.apache.kafka.", "Kafka client"),
          new Layer("org.apache.flink.connector.", "Flink: connectors"),
          new Layer("org.apache.flink.runtime.io.network.", "Flink: exchange"),
          new Layer("org.apache.flink.runtime.plugable.", "Flink: exchange"),
          new Layer("org.apache.flink.api.java.typeutils.", "Flink: serializers"),
          new Layer("org.apache.flink.api.common.typeutils.", "Flink: serializers"),
          new Layer("org.apache.flink.core.memory.", "Flink: serializers"),
          new Layer("org.apache.flink.formats.avro.", "Flink: serializers"),
          new Layer("org.apache.flink.", "Flink: runtime"));

  /** Reads a recording. */
  static ProfileSummary of(Path recording) {
    Map<String, Double> layers = new HashMap<>();
    Map<String, Double> methods = new HashMap<>();
    Map<String, Double> allocating = new HashMap<>();
    long samples = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
          continue;
        }
        List<RecordedFrame> frames = stack.getFrames();
        if (runs(event, frames)) {
          samples++;
          layers.merge(layer(frames), 1.0, Double::sum);
          methods.merge(name(frames.get(0)), 1.0, Double::sum);
        } else if (event.getEventType().getName().equals("jdk.ObjectAllocationSample")) {
          allocating.merge(layer(frames), (double) event.getLong("weight"), Double::sum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the flight recording " + recording, e);
    }
    return new ProfileSummary(
        samples,
        shares(layers, layers.size()),
        shares(methods, MOST_METHODS),
        shares(allocating, allocating.size()));
  }

  /** Java that runs, or RocksDB that does; other native methods mostly wait. */
  private static boolean runs(RecordedEvent event, List<RecordedFrame> frames) {
    return switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> true;
      case "jdk.NativeMethodSample" ->
          frames.get(0).getMethod().getType().getName().startsWith("org.rocksdb.");
      default -> false;
    };
  }

  private static String layer(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith(OURS)) {
        return packageOf(type);
      }
      for (Layer layer : LAYERS) {
        if (type.startsWith(layer.prefix())) {
          return layer.name();
        }
      }
    }
    return JAVA;
  }

  /** Lambdas have an address behind their class, with a dot in it. */
  private static String packageOf(String type) {
    int inner = type.indexOf('$');
    String outer = inner < 0 ? type : type.substring(0, inner);
    return outer.substring(0, outer.lastIndexOf('.'));
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static Map<String, Double> shares(Map<String, Double> weights, int most) {
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    weights.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .forEach(weight -> shares.put(weight.getKey(), weight.getValue() / sum));
    return shares;
  }
}
