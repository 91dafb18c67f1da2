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
  private final GraphForm form;

  private OnnxPolicy(
      long version,
      PolicyArtifact artifact,
      OrtEnvironment environment,
      OrtSession session,
      GraphForm form) {
    this.version = version;
    this.spec = artifact.spec();
    this.format = artifact.format();
    this.environment = environment;
    this.session = session;
    this.form = form;
  }

  /** Opens a session on the processor; see {@link #open(long, PolicyArtifact, SessionSettings)}. */
  public static OnnxPolicy open(long version, PolicyArtifact artifact, int threads) {
    return open(version, artifact, SessionSettings.cpu(threads));
  }

  /**
   * Opens a session.
   *
   * @param version policy version, for messages
   * @throws InvalidReleaseException when the graph cannot be loaded or breaks the contract
   */
  public static OnnxPolicy open(long version, PolicyArtifact artifact, SessionSettings settings) {
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.threads());
      options.setInterOpNumThreads(1);
      // Spinning threads win microseconds and take whole cores from Lucene and Jetty.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      settings.provider().apply(options);
      OrtSession session = environment.createSession(artifact.onnx(), options);
      try {
        GraphForm form =
            GraphContract.check(
                version, artifact.spec(), session.getInputInfo(), session.getOutputInfo());
        return new OnnxPolicy(version, artifact, environment, session, form);
      } catch (RuntimeException | OrtException e) {
        session.close();
        throw e;
      }
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

  /** How the graph keeps what it has read. */
  GraphForm form() {
    return form;
  }

  /**
   * Runs the graph once over tensors on the caller's memory.
   *
   * @param what the tokens it runs on, for messages
   */
  void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs, String what) {
    try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
      // The outputs are pinned to the caller's memory: the result holds nothing to read.
    } catch (OrtException e) {
      throw failed(what, e);
    }
  }

  /** A tensor over the caller's direct buffer, which it reads or writes in place. */
  OnnxTensor tensor(FloatBuffer buffer, long... shape) {
    try {
      return OnnxTensor.createTensor(environment, buffer, shape);
    } catch (OrtException e) {
      throw failed("a tensor of " + buffer, e);
    }
  }

  /** A tensor over the caller's direct buffer, which it reads in place. */
  OnnxTensor tensor(LongBuffer buffer, long... shape) {
    try {
      return OnnxTensor.createTensor(environment, buffer, shape);
    } catch (OrtException e) {
      throw failed("a tensor of " + buffer, e);
    }
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
    try (OnnxTensor tokensIn = tensor(tokens, batch, time);
        OnnxTensor pastIn = tensor(before, cacheShape(batch, past));
        OnnxTensor logitsOut = tensor(logits, batch, time, spec.vocabularySize());
        OnnxTensor presentOut = tensor(after, cacheShape(batch, past + time))) {
      run(
          Map.of(GraphContract.TOKENS, tokensIn, GraphContract.PAST, pastIn),
          Map.of(GraphContract.LOGITS, logitsOut, GraphContract.PRESENT, presentOut),
          "%d x %d tokens after %d".formatted(batch, time, past));
    }
  }

  /** Floats in a cache of a batch. */
  int cacheElements(int batch, int length) {
    return 2 * spec.layers() * batch * spec.keyValueHeads() * length * spec.headDimension();
  }

  private PolicySessionException failed(String what, OrtException e) {
    return new PolicySessionException(
        "Policy %d failed on %s: %s. Roll back if it repeats."
            .formatted(version, what, e.getMessage()),
        e);
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
