package io.searchloop.streams.inference;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * ONNX Runtime's environment, started where its start cannot overflow the stack: 1.29 matches a
 * regular expression against the process's command line by recursion, a few frames a character. A
 * class path of 8,000 characters took a worker down with a stack of 2 MB, without a word.
 */
final class OnnxEnvironment {
  private static final long STACK_BYTES = 256L << 20; // reserved, not used

  private OnnxEnvironment() {}

  /** The process's one environment; the first call starts it. */
  static OrtEnvironment get() {
    CompletableFuture<OrtEnvironment> started = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                started.complete(OrtEnvironment.getEnvironment());
              } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            },
            "onnxruntime-start",
            STACK_BYTES);
    thread.start();
    return started.join();
  }
}
