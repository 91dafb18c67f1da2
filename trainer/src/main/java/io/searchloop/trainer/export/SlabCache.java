package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.trainer.network.NetworkConfig;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** The cache of {@link OnnxExporter}'s contract: a slab for the keys and the values of a layer. */
final class SlabCache implements GraphCache {
  static final String LENGTHS = "lengths";

  private final OrtEnvironment environment;
  private final NetworkConfig config;
  private final int batch;
  private final float[][] slabs; // each (batch * key-value heads, capacity, head size)
  private int capacity = 1;
  private int cached;

  SlabCache(OrtEnvironment environment, NetworkConfig config, int batch) {
    this.environment = environment;
    this.config = config;
    this.batch = batch;
    this.slabs = new float[2 * config.layers()][];
    clear();
  }

  @Override
  public void clear() {
    capacity = 1;
    cached = 0;
    Arrays.setAll(slabs, i -> new float[heads() * config.headDim()]);
  }

  @Override
  public Inputs inputs(int time) throws OrtException {
    long[] lengths = new long[batch];
    Arrays.fill(lengths, cached);
    long[] all = new long[batch * time];
    Arrays.setAll(all, i -> i);
    Inputs inputs = new Inputs();
    inputs.add(LENGTHS, longs(lengths)).add("scored", longs(all));
    long[] shape = {batch, config.keyValueHeads(), capacity, config.headDim()};
    for (int i = 0; i < slabs.length; i++) {
      inputs.add(
          "past." + i, OnnxTensor.createTensor(environment, FloatBuffer.wrap(slabs[i]), shape));
    }
    return inputs;
  }

  @Override
  public void append(OrtSession.Result result, int time) {
    int longer = cached + time;
    for (int i = 0; i < slabs.length; i++) {
      float[] fresh = OnnxSession.floats(result, "fresh." + i);
      float[] joined = new float[heads() * longer * config.headDim()];
      for (int head = 0; head < heads(); head++) {
        copy(slabs[i], head * capacity, joined, head * longer, cached);
        copy(fresh, head * time, joined, head * longer + cached, time);
      }
      slabs[i] = joined;
    }
    cached = longer;
    capacity = longer;
  }

  private void copy(float[] from, int token, float[] to, int place, int tokens) {
    int size = config.headDim();
    System.arraycopy(from, token * size, to, place * size, tokens * size);
  }

  private int heads() {
    return batch * config.keyValueHeads();
  }

  private OnnxTensor longs(long... values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {values.length});
  }
}
