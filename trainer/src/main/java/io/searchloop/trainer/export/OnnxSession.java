package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.trainer.network.NetworkConfig;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** An exported graph in ONNX Runtime, on one thread, decoding with its cache. */
final class OnnxSession implements AutoCloseable {
  private final NetworkConfig config;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int batch;
  private float[] cache = new float[0];
  private int cachedTokens;

  OnnxSession(NetworkConfig config, byte[] onnx, int batch) throws OrtException {
    this.config = config;
    this.batch = batch;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      this.session = environment.createSession(onnx, options);
    }
  }

  /** Forgets the tokens so far; the next ones begin new sequences. */
  void restart() {
    cache = new float[0];
    cachedTokens = 0;
  }

  /** Logits {@code (batch, time, vocab)}, row by row, of the next tokens of every sequence. */
  float[] advance(long[][] tokens) throws OrtException {
    int time = tokens[0].length;
    LongBuffer flat = LongBuffer.allocate(batch * time);
    for (long[] row : tokens) {
      flat.put(row);
    }
    long[] cacheShape = {
      2L * config.layers(), batch, config.keyValueHeads(), cachedTokens, config.headDim()
    };
    try (OnnxTensor tokenTensor =
            OnnxTensor.createTensor(environment, flat.flip(), new long[] {batch, time});
        OnnxTensor past =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(cache), cacheShape);
        OrtSession.Result result = session.run(Map.of("tokens", tokenTensor, "past", past))) {
      cache = floats(result, "present");
      cachedTokens += time;
      return floats(result, "logits");
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private static float[] floats(OrtSession.Result result, String output) {
    OnnxTensor tensor =
        (OnnxTensor)
            result
                .get(output)
                .orElseThrow(() -> new ParityException("the graph has no output " + output));
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
