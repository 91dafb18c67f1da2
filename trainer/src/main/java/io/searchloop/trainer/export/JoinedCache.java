package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.trainer.network.NetworkConfig;
import java.nio.FloatBuffer;

/**
 * The cache of graphs before rows had lengths of their own (docs/adr/0034): one tensor for all
 * layers goes in, and comes out longer. Releases in a log still have it.
 */
final class JoinedCache implements GraphCache {
  private final OrtEnvironment environment;
  private final NetworkConfig config;
  private final int batch;
  private float[] values = new float[0];
  private int cached;

  JoinedCache(OrtEnvironment environment, NetworkConfig config, int batch) {
    this.environment = environment;
    this.config = config;
    this.batch = batch;
  }

  @Override
  public void clear() {
    values = new float[0];
    cached = 0;
  }

  @Override
  public Inputs inputs(int time) throws OrtException {
    long[] shape = {2L * config.layers(), batch, config.keyValueHeads(), cached, config.headDim()};
    return new Inputs()
        .add("past", OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
  }

  @Override
  public void append(OrtSession.Result result, int time) {
    values = OnnxSession.floats(result, "present");
    cached += time;
  }
}
