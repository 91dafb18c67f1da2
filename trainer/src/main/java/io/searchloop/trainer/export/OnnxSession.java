package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.trainer.network.NetworkConfig;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** An exported graph in ONNX Runtime, on one thread, decoding with its cache. */
final class OnnxSession implements AutoCloseable {
  private final NetworkConfig config;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final GraphCache cache;
  private final int batch;

  OnnxSession(NetworkConfig config, byte[] onnx, int batch) throws OrtException {
    this.config = config;
    this.batch = batch;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      this.session = environment.createSession(onnx, options);
    }
    this.cache =
        session.getInputNames().contains(SlabCache.LENGTHS)
            ? new SlabCache(environment, config, batch)
            : new JoinedCache(environment, config, batch);
  }

  /** Forgets the tokens so far; the next ones begin new sequences. */
  void restart() {
    cache.clear();
  }

  /** Logits {@code (batch, time, vocab)}, row by row, of the next tokens of every sequence. */
  float[] advance(long[][] tokens) throws OrtException {
    int time = tokens[0].length;
    LongBuffer flat = LongBuffer.allocate(batch * time);
    for (long[] row : tokens) {
      flat.put(row);
    }
    try (GraphCache.Inputs inputs = cache.inputs(time);
        OnnxTensor tokenTensor =
            OnnxTensor.createTensor(environment, flat.flip(), new long[] {batch, time});
        OrtSession.Result result = session.run(inputs.with("tokens", tokenTensor))) {
      cache.append(result, time);
      float[] logits = floats(result, "logits");
      if (logits.length != batch * time * config.vocabularySize()) {
        throw new ParityException(
            "the graph gave %d logits, expected [%d, %d, %d]"
                .formatted(logits.length, batch, time, config.vocabularySize()));
      }
      return logits;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  static float[] floats(OrtSession.Result result, String output) {
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
