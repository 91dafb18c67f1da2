package io.searchloop.trainer.export;

import ai.onnxruntime.OrtException;

/** The exported graph does not compute what the network computes; it must not be released. */
public final class ParityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParityException(String message) {
    super(message);
  }

  /** ONNX Runtime failed; {@code what} it could not do, with sizes. */
  static ParityException of(String what, OrtException cause) {
    ParityException failure =
        new ParityException("ONNX Runtime %s: %s".formatted(what, cause.getMessage()));
    failure.initCause(cause);
    return failure;
  }
}
