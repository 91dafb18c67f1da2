package io.searchloop.streams.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.rewrite.RewriteFormat;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A policy that can run: an ONNX Runtime session with the tokenizer and format it was trained with.
 *
 * <p>Any number of threads may run it at once. Closing it while one runs crashes the process, so
 * whoever shares a policy lends it through counted leases.
 */
public final class OnnxPolicy implements AutoCloseable {
  private final long version;
  private final PolicySpec spec;
  private final RewriteFormat format;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxPolicy(
      long version, PolicyArtifact artifact, OrtEnvironment environment, OrtSession session) {
    this.version = version;
    this.spec = artifact.spec();
    this.format = artifact.format();
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @param version policy version, for messages
   * @param threads threads that share one operator; one leaves the cores to concurrent requests
   * @throws InvalidReleaseException when the graph cannot be loaded or breaks the contract
   */
  public static OnnxPolicy open(long version, PolicyArtifact artifact, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Spinning threads win microseconds and take whole cores from Lucene and Jetty.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(artifact.onnx(), options);
      try {
        GraphContract.check(
            version, artifact.spec(), session.getInputInfo(), session.getOutputInfo());
      } catch (RuntimeException | OrtException e) {
        session.close();
        throw e;
      }
      return new OnnxPolicy(version, artifact, environment, session);
    } catch (OrtException e) {
      throw new InvalidReleaseException(
          ReleaseFault.GRAPH,
          "Policy %d rejected: its graph of %d bytes does not load: %s. Re-export it, or activate an earlier version."
              .formatted(version, artifact.onnx().length, e.getMessage()),
          e);
    }
  }

  /** Policy version: offset of its release record. */
  public long version() {
    return version;
  }

  /** Dimensions of the graph. */
  public PolicySpec spec() {
    return spec;
  }

  /** Prompt and answer format; usable after the session is closed. */
  public RewriteFormat format() {
    return format;
  }

  /**
   * Runs the graph once over the caller's buffers: reads {@code buffers.past}, writes {@code
   * buffers.logits} and {@code buffers.present}.
   *
   * @param tokens (batch, time) token ids, filled
   * @param past tokens already in the cache
   */
  void run(DecodeBuffers buffers, LongBuffer tokens, int batch, int time, int past) {
    FloatBuffer logits = buffers.logits(batch * time * spec.vocabularySize());
    FloatBuffer before = buffers.past(cacheElements(batch, past));
    FloatBuffer after = buffers.present(cacheElements(batch, past + time));
    try (OnnxTensor tokensIn =
            OnnxTensor.createTensor(environment, tokens, new long[] {batch, time});
        OnnxTensor pastIn = tensor(before, cacheShape(batch, past));
        OnnxTensor logitsOut = tensor(logits, new long[] {batch, time, spec.vocabularySize()});
        OnnxTensor presentOut = tensor(after, cacheShape(batch, past + time));
        OrtSession.Result result =
            session.run(
                Map.of(GraphContract.TOKENS, tokensIn, GraphContract.PAST, pastIn),
                Set.of(),
                Map.of(GraphContract.LOGITS, logitsOut, GraphContract.PRESENT, presentOut))) {
      // The outputs are pinned to our buffers: the result holds nothing to read.
    } catch (OrtException e) {
      throw new PolicySessionException(
          "Policy %d failed on %d x %d tokens after %d: %s. Roll back if it repeats."
              .formatted(version, batch, time, past, e.getMessage()),
          e);
    }
  }

  /** Floats in a cache of a batch. */
  int cacheElements(int batch, int length) {
    return 2 * spec.layers() * batch * spec.keyValueHeads() * length * spec.headDimension();
  }

  private OnnxTensor tensor(FloatBuffer buffer, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, buffer, shape);
  }

  private long[] cacheShape(int batch, int length) {
    return new long[] {
      2L * spec.layers(), batch, spec.keyValueHeads(), length, spec.headDimension()
    };
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new PolicySessionException(
          "Policy %d did not close: %s".formatted(version, e.getMessage()), e);
    }
  }

  @Override
  public String toString() {
    return "policy " + version;
  }
}
